variable "supplied" {
  type      = string
  sensitive = true
}

resource "vault_mount" "shop" {
  path        = "shop"
  type        = "kv"
  description = "secrets of shop and its partners"
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
  data_json_wo         = jsonencode({ api_key = "made-up-written-word-2" })
  data_json_wo_version = 2
}

resource "vault_policy" "store" {
  name   = "store"
  policy = <<-EOT
    # store may read mail: it sends receipts
    path "shop/data/mail" {
      capabilities = ["read"]
    }

    # store may write orders
    path "shop/data/orders" {
      capabilities = ["create", "update"]
    }
  EOT
}

resource "vault_auth_backend" "approle" {
  type = "approle"
}

resource "vault_approle_auth_backend_role" "store" {
  backend        = vault_auth_backend.approle.path
  role_name      = "store"
  token_policies = [vault_policy.store.name, "billing"]
  token_ttl      = 7200
}

resource "vault_token" "store" {
  policies        = [vault_policy.store.name]
  no_parent       = true
  renewable       = true
  ttl             = "24h"
  renew_min_lease = 60
}

resource "terraform_data" "marked" {
  input = sensitive("the same")
}

output "key" {
  value     = var.supplied
  sensitive = true
}

output "currency" {
  value = "CHF"
}
