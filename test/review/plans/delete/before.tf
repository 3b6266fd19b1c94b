resource "vault_mount" "shop" {
  path    = "shop"
  type    = "kv"
  options = { version = "2" }
}

resource "vault_policy" "each" {
  for_each = toset(["store", "billing"])
  name     = each.key
  policy   = "path \"shop/data/${each.key}\" { capabilities = [\"read\"] }"
}

resource "vault_policy" "counted" {
  count  = 2
  name   = "counted-${count.index}"
  policy = "path \"shop/data/${count.index}\" { capabilities = [\"read\"] }"
}

resource "vault_policy" "single" {
  name   = "single"
  policy = "path \"shop/data/single\" { capabilities = [\"read\"] }"
}

resource "vault_policy" "kept" {
  name   = "kept"
  policy = "path \"shop/data/kept\" { capabilities = [\"read\"] }"
}

resource "random_password" "queue" {
  length = 24
}

module "part" {
  source = "./part"
}
