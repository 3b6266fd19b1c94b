resource "vault_policy" "old" {
  name   = "store"
  policy = "path \"shop/data/mail\" { capabilities = [\"read\"] }"
}

resource "vault_policy" "old_name" {
  name   = "billing"
  policy = "path \"shop/data/bills\" { capabilities = [\"read\"] }"
}
