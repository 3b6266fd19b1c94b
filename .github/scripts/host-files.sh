#!/usr/bin/env bash
# Puts what git does not have, and the Docker host has, where the commands look for it: certificates, and what seals need.
# A link, so that a private key lies in one place and a checkout cannot delete it.
# usage: HOST_FILES=/srv/vault-platforms host-files.sh
set -euo pipefail

: "${HOST_FILES:?must name the folder of this host with certificates/ and seals/; set it in the variables of the runner}"
for folder in certificates seals; do
  if [ -d "$HOST_FILES/$folder" ]; then
    ln -sfnT "$HOST_FILES/$folder" "$folder"
  fi
done
