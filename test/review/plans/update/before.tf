variable "supplied" {
  type      = string
  sensitive = true
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
  data_json_wo         = jsonencode({ api_key = "made-up-written-word-1" })
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
  renewable = true
  ttl       = "24h"
}

resource "terraform_data" "marked" {
  input = "the same"
}

output "key" {
  value     = var.supplied
  sensitive = true
}

output "currency" {
  value = "EUR"
}
