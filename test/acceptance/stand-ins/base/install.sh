#!/usr/bin/env bash
# Runs as root inside the root file system of the base image.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

# Packages of services start their daemon on installation, and PostgreSQL also
# makes a cluster; an image wants neither.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
mkdir -p /etc/postgresql-common
echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf

# Smaller and faster: no manuals, and no fsync after every file.
cat >/etc/dpkg/dpkg.cfg.d/stand-in <<'CFG'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
CFG

apt-get update
apt-get install --yes --no-install-recommends \
  busybox ca-certificates curl gosu \
  postgresql prometheus prometheus-alertmanager redis-server \
  python3 python3-pip
apt-get clean
rm -rf /var/lib/apt/lists/* /var/cache/debconf/*-old /var/log/*.log /var/log/apt
