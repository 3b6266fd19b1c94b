terraform {
  required_providers {
    vault  = { source = "hashicorp/vault" }
    docker = { source = "kreuzwerker/docker" }
  }
}

variable "vault_address" { type = string }

variable "image" {
  type    = string
  default = "openbao/openbao:2.5.5"
}

variable "database_password" {
  type      = string
  sensitive = true
}

variable "teams" {
  type = map(object({ reads = list(string), ttl = number }))
  default = {
    orders  = { reads = ["database", "queue"], ttl = 1200 }
    billing = { reads = ["database"], ttl = 600 }
    reports = { reads = [], ttl = 600 }
  }
}

provider "vault" {
  address = var.vault_address
}

provider "vault" {
  alias   = "people"
  address = var.vault_address
}

resource "vault_mount" "secrets" {
  path = "acme"
  type = "kv-v2"
}

resource "vault_mount" "scratch" {
  path    = "scratch"
  type    = "kv"
  options = { version = "1" }
}

resource "vault_auth_backend" "approle" {
  type = "approle"
}

resource "vault_auth_backend" "people" {
  provider = vault.people
  type     = "userpass"
  path     = "people"
}

resource "vault_jwt_auth_backend" "ci" {
  path                   = "ci"
  jwt_validation_pubkeys = [trimspace(file("${path.module}/ci.pem"))]
}

module "team" {
  source   = "./modules/team"
  for_each = var.teams

  name      = each.key
  reads     = each.value.reads
  token_ttl = each.value.ttl
  mount     = vault_mount.secrets.path
  approle   = vault_auth_backend.approle
}

resource "vault_kv_secret_v2" "database" {
  for_each = var.teams

  mount     = vault_mount.secrets.path
  name      = "${each.key}/database"
  data_json = jsonencode({ username = each.key, password = var.database_password })
}
