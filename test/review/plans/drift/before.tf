variable "supplied" {
  type      = string
  sensitive = true
}

resource "vault_mount" "shop" {
  path    = "shop"
  type    = "kv"
  options = { version = "2" }
}

resource "vault_kv_secret_v2" "mail" {
  mount     = vault_mount.shop.path
  name      = "mail"
  data_json = jsonencode({ host = "mx", key = var.supplied })
}

resource "vault_policy" "store" {
  name   = "store"
  policy = <<-EOT
    path "shop/data/mail" {
      capabilities = ["read"]
    }
  EOT
}

resource "vault_policy" "billing" {
  name   = "billing"
  policy = "path \"shop/data/bills\" { capabilities = [\"read\"] }"
}
