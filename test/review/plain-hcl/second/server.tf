variable "container" {
  type    = string
  default = "acme-vault"
}

resource "docker_image" "vault" {
  name         = var.image
  keep_locally = true
}

resource "docker_container" "vault" {
  name     = var.container
  image    = docker_image.vault.image_id
  command  = ["server", "-dev"]
  start    = false
  must_run = false
  env      = ["BAO_LOG_LEVEL=info"]
}
