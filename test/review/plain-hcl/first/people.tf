# Whoever is on call may look after the engine itself.
data "vault_policy_document" "on_call" {
  rule {
    path         = "sys/mounts"
    capabilities = ["read", "list"]
  }
  rule {
    path         = "${vault_mount.secrets.path}/metadata/*"
    capabilities = ["list"]
  }
}

resource "vault_policy" "on_call" {
  name   = "on-call"
  policy = data.vault_policy_document.on_call.hcl
}

resource "vault_policy" "own_folder" {
  name   = "own-folder"
  policy = <<-EOT
    # Everybody has a folder of their own.
    path "acme/data/people/{{identity.entity.aliases.${vault_auth_backend.people.accessor}.name}}/*" {
      capabilities = ["create", "read", "update", "delete"]
    }
  EOT
}

resource "vault_policy" "scratch" {
  name   = "scratch"
  policy = "path \"${vault_mount.scratch.path}/*\" { capabilities = [\"read\", \"list\"] }"
}

resource "vault_generic_endpoint" "user" {
  provider = vault.people
  for_each = toset(["ada", "grace"])

  path                 = "auth/${vault_auth_backend.people.path}/users/${each.key}"
  ignore_absent_fields = true
  data_json            = jsonencode({ password = var.database_password, policies = ["own-folder"] })
}

resource "vault_identity_entity" "person" {
  for_each = toset(["ada", "grace"])
  name     = each.key
}

resource "vault_identity_entity_alias" "person" {
  for_each       = vault_identity_entity.person
  name           = each.key
  mount_accessor = vault_auth_backend.people.accessor
  canonical_id   = vault_identity_entity.person[each.key].id
}

resource "vault_identity_group" "on_call" {
  name              = "on-call"
  policies          = [vault_policy.on_call.name]
  member_entity_ids = [vault_identity_entity.person["ada"].id]
}

resource "vault_jwt_auth_backend_role" "deploy" {
  backend        = vault_jwt_auth_backend.ci.path
  role_name      = "deploy"
  role_type      = "jwt"
  user_claim     = "sub"
  bound_subject  = "repo:acme/shop"
  token_policies = [vault_policy.scratch.name]
  token_ttl      = 300
}

resource "vault_policy" "catalogue" {
  name   = "catalogue"
  policy = <<-EOT
    path "acme/metadata/+/database" {
      capabilities = ["read"]
    }
  EOT
}

resource "vault_identity_group" "auditors" {
  name              = "auditors"
  policies          = [vault_policy.catalogue.name]
  member_entity_ids = [module.team["billing"].entity_id]
}
