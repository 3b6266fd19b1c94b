variable "supplied" {
  type      = string
  sensitive = true
}

variable "written_only" {
  type      = string
  ephemeral = true
}

resource "vault_mount" "shop" {
  path        = "shop"
  type        = "kv"
  description = "secrets of shop"
  options     = { version = "2" }
}

resource "vault_kv_secret_v2" "mail" {
  mount     = vault_mount.shop.path
  name      = "mail"
  data_json = jsonencode({ host = "mx", key = var.supplied })
}

resource "vault_kv_secret_v2" "payments" {
  mount                = vault_mount.shop.path
  name                 = "payments"
  data_json_wo         = jsonencode({ api_key = var.written_only })
  data_json_wo_version = 1
}

ephemeral "random_password" "database" {
  length = 40
}

resource "vault_kv_secret_v2" "database" {
  mount                = vault_mount.shop.path
  name                 = "database"
  data_json_wo         = jsonencode({ password = ephemeral.random_password.database.result })
  data_json_wo_version = 1
}

resource "vault_policy" "store" {
  name   = "store"
  policy = <<-EOT
    # store may read mail: it sends receipts
    path "shop/data/mail" {
      capabilities = ["read"]
    }
  EOT
}

resource "vault_auth_backend" "approle" {
  type = "approle"
}

resource "vault_approle_auth_backend_role" "store" {
  backend        = vault_auth_backend.approle.path
  role_name      = "store"
  token_policies = [vault_policy.store.name]
  token_ttl      = 3600
}

resource "vault_token" "store" {
  policies  = [vault_policy.store.name]
  no_parent = true
}

resource "random_password" "queue" {
  length = 24
}

resource "docker_network" "shop" {
  name = "plan-shop"

  labels {
    label = "team"
    value = "shop"
  }
}

resource "docker_volume" "data" {
  name = "plan-shop-data"
}

resource "docker_container" "store" {
  name     = "plan-shop-store"
  image    = "openbao/openbao:2.5.5"
  start    = false
  must_run = false
  command  = ["serve", "--admin-password", "made-up-admin-word"]
  env = [
    "SHOP_CURRENCY=EUR",
    "VAULT_TOKEN=${vault_token.store.client_token}",
  ]

  ports {
    internal = 8080
    ip       = "127.0.0.1"
  }

  volumes {
    volume_name    = docker_volume.data.name
    container_path = "/data"
  }

  upload {
    file    = "/etc/shop.json"
    content = jsonencode({ currency = "EUR", smtp = { host = "mx", password = "made-up-smtp-word" } })
  }
}

output "queue" {
  value     = random_password.queue.result
  sensitive = true
}

output "network" {
  value = docker_network.shop.name
}
