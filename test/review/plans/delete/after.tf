resource "vault_policy" "each" {
  for_each = toset(["store"])
  name     = each.key
  policy   = "path \"shop/data/${each.key}\" { capabilities = [\"read\"] }"
}

resource "vault_policy" "counted" {
  count  = 1
  name   = "counted-${count.index}"
  policy = "path \"shop/data/${count.index}\" { capabilities = [\"read\"] }"
}

resource "vault_policy" "single" {
  for_each = toset(["single"])
  name     = "other"
  policy   = "path \"shop/data/single\" { capabilities = [\"read\"] }"
}

removed {
  from = vault_policy.kept

  lifecycle {
    destroy = false
  }
}
