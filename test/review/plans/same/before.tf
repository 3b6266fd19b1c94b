resource "vault_policy" "store" {
  name   = "store"
  policy = "path \"shop/data/mail\" { capabilities = [\"read\"] }"
}

output "policy" {
  value = vault_policy.store.name
}
