resource "vault_policy" "store" {
  name   = "store"
  policy = "path \"shop/data/mail\" { capabilities = [\"read\"] }"
}

resource "vault_policy" "billing" {
  name   = "billing"
  policy = "path \"shop/data/bills\" { capabilities = [\"read\"] }"

  lifecycle {
    precondition {
      condition     = vault_policy.store.name == "shop"
      error_message = "there is no policy of the shop"
    }
  }
}
