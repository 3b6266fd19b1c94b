terraform {
  required_providers {
    vault = { source = "hashicorp/vault" }
  }
}

variable "name" { type = string }
variable "reads" { type = list(string) }
variable "token_ttl" { type = number }
variable "mount" { type = string }
variable "approle" { type = object({ path = string, accessor = string }) }

resource "vault_policy" "this" {
  count = length(var.reads) > 0 ? 1 : 0

  name = "team-${var.name}"
  policy = join("\n", [
    for secret in var.reads : <<-EOT
      path "${var.mount}/data/${var.name}/${secret}" {
        capabilities = ["read"]
      }
      path "${var.mount}/${var.name}/${secret}" {
        capabilities = ["list"]
      }
    EOT
  ])
}

resource "vault_approle_auth_backend_role" "this" {
  backend        = var.approle.path
  role_name      = var.name
  token_policies = vault_policy.this[*].name
  token_ttl      = var.token_ttl
}

resource "vault_identity_entity" "this" {
  name     = "team-${var.name}"
  metadata = { team = var.name }
}

resource "vault_identity_entity_alias" "this" {
  name           = vault_approle_auth_backend_role.this.role_id
  mount_accessor = var.approle.accessor
  canonical_id   = vault_identity_entity.this.id
}

output "entity_id" {
  value = vault_identity_entity.this.id
}
