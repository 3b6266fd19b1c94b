terraform {
  required_providers {
    docker = { source = "kreuzwerker/docker", version = "~> 3.6" }
    random = { source = "hashicorp/random", version = "~> 3.7" }
    vault  = { source = "hashicorp/vault", version = "~> 5.6" }
  }
}

