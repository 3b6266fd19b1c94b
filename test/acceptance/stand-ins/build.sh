#!/usr/bin/env bash
# Builds the stand-in images of the acceptance tests and prints one JSON line
# {"<name>": "stand-in/<name>:<hash>", ...} on stdout; everything else goes to
# stderr. Exit 3: this machine has no way to make the base image.
#
# <hash> is the content hash of this folder, so a second run finds every image
# and returns at once, and an edited file gives new images.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
debian=debian:bookworm-slim
hvac_versions=(2.1.0 2.3.0)
names=(app-hvac-2.1.0 app-hvac-2.3.0 generic postgres redis prometheus alertmanager)

say() { printf 'stand-ins: %s\n' "$*" >&2; }
missing() { say "$*"; exit 3; }

# Hash of names and contents below the given folder; the README is no input.
content_hash() {
  (
    cd "$1"
    find . -type f ! -name README.md ! -name '*.pyc' -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12
  )
}

hash=$(content_hash "$here")
# The base has its own hash: it takes minutes, and most edits do not touch it.
base=stand-in/base:$(content_hash "$here/base")

have() { docker image inspect "$@" >/dev/null 2>&1; }

# A builder of the buildx type "docker-container" cannot see the engine's own
# images, and every image here is FROM one of them: use the engine's builder.
build() {
  BUILDX_BUILDER=$(docker context show 2>/dev/null || echo default) \
    docker build --label stand-in=true "$@" >&2
}

print_result() {
  local name sep=''
  printf '{'
  for name in "${names[@]}"; do
    printf '%s"%s": "stand-in/%s:%s"' "$sep" "$name" "$name" "$hash"
    sep=', '
  done
  printf '}\n'
}

# Way 1: everything inside docker build.
base_from_image() {
  say "building $base from $debian"
  build --build-arg DEBIAN="$debian" --tag "$base" "$here/base"
}

# Way 2: no image can be had, so make the root file system here. Only this step
# needs the network; the images on top are built without it.
base_from_debootstrap() {
  say "building $base with debootstrap"
  # Not local: the trap outlives this function.
  work=$(mktemp -d)
  trap 'rm -rf --one-file-system "$work"' EXIT
  local root=$work/root version
  debootstrap --variant=minbase bookworm "$root" >&2
  cp "$here/base/install.sh" "$root/install.sh"
  chroot "$root" /bin/bash /install.sh >&2
  rm "$root/install.sh"
  for version in "${hvac_versions[@]}"; do
    # "--platform any" takes the wheels without machine code, which fit the
    # Python of the image whatever Python this machine has.
    python3 -m pip download --quiet --only-binary=:all: --platform any --python-version 3.11 \
      --requirement "$here/base/hvac-$version.txt" \
      --dest "$root/opt/wheels/hvac-$version" >&2
  done
  tar -C "$root" --one-file-system --numeric-owner -c . |
    docker import --change 'LABEL stand-in=true' \
      --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
      --change 'CMD ["/bin/bash"]' - "$base" >&2
}

make_base() {
  have "$base" && return
  local lacks=() refusal=
  if have "$debian" || refusal=$(timeout 120 docker pull --quiet "$debian" 2>&1); then
    base_from_image
    return
  fi
  [ "$(id -u)" = 0 ] || lacks+=(root)
  command -v debootstrap >/dev/null || lacks+=(debootstrap)
  python3 -m pip --version >/dev/null 2>&1 || lacks+=('python3 with pip')
  [ ${#lacks[@]} = 0 ] ||
    missing "to make the base image here, missing: $(IFS=,; echo "${lacks[*]}"); and no $debian: ${refusal//$'\n'/ }"
  base_from_debootstrap
}

make() {
  local name=$1 folder from arguments=()
  case $name in
    app-hvac-*) folder=app from=$base arguments=(--build-arg HVAC="${name#app-hvac-}") ;;
    # The same programs as an application, hence on top of one.
    generic) folder=generic from=stand-in/app-hvac-2.3.0:$hash ;;
    *) folder=$name from=$base ;;
  esac
  say "building stand-in/$name:$hash"
  # No network: whatever a layer needs is in the base.
  build --network none --build-arg BASE="$from" "${arguments[@]}" \
    --tag "stand-in/$name:$hash" "$here/$folder"
}

command -v docker >/dev/null || missing 'docker is missing'

wanted=()
for name in "${names[@]}"; do
  wanted+=("stand-in/$name:$hash")
done
if ! have "${wanted[@]}"; then
  docker info >/dev/null 2>&1 || missing 'the docker engine does not answer'
  make_base
  for name in "${names[@]}"; do
    have "stand-in/$name:$hash" || make "$name"
  done
fi
print_result
