resource "vault_mount" "shop" {
  path    = "store"
  type    = "kv"
  options = { version = "2" }
}

resource "vault_policy" "store" {
  name   = "store"
  policy = "path \"shop/data/mail\" { capabilities = [\"read\"] }"
}

resource "vault_policy" "billing" {
  name   = "bills"
  policy = "path \"shop/data/bills\" { capabilities = [\"read\"] }"

  lifecycle {
    create_before_destroy = true
  }
}

resource "terraform_data" "generation" {
  input = 2
}

resource "terraform_data" "follower" {
  lifecycle {
    replace_triggered_by = [terraform_data.generation]
  }
}

resource "random_password" "queue" {
  length = 32
}

resource "docker_network" "shop" {
  name     = "plan-shop"
  internal = true
}

resource "docker_container" "store" {
  name     = "plan-shop-store"
  image    = "openbao/openbao:2.5.5"
  start    = false
  must_run = false
  env = [
    "SHOP_CURRENCY=CHF",
    "SHOP_DATABASE=postgres://shop:made-up-db-word-2@shop-postgres:5432/shop",
    "SHOP_REGION=eu",
    "SHOP_SESSION_SECRET=made-up-session-word-2",
  ]
}
