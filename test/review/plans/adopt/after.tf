resource "vault_policy" "store" {
  name   = "store"
  policy = "path \"shop/data/mail\" { capabilities = [\"read\"] }"
}

moved {
  from = vault_policy.old
  to   = vault_policy.store
}

resource "vault_policy" "billing" {
  name   = "billing"
  policy = "path \"shop/data/bills\" { capabilities = [\"read\", \"list\"] }"
}

moved {
  from = vault_policy.old_name
  to   = vault_policy.billing
}

# Written by hand, before there was any of this.
resource "vault_policy" "by_hand" {
  name   = "by-hand"
  policy = "path \"shop/data/hand\" { capabilities = [\"read\"] }"
}

import {
  to = vault_policy.by_hand
  id = "by-hand"
}

resource "vault_policy" "by_hand_too" {
  name   = "by-hand-too"
  policy = "path \"shop/data/hand\" { capabilities = [\"read\"] }"
}

import {
  to = vault_policy.by_hand_too
  id = "by-hand-too"
}
