terraform {
  required_providers {
    vault = { source = "hashicorp/vault" }
  }
}

resource "vault_policy" "of_part" {
  name   = "of-part"
  policy = "path \"shop/data/part\" { capabilities = [\"read\"] }"
}
