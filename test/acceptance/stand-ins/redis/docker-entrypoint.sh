#!/bin/sh
set -eu

case ${1:--} in
  -* | *.conf) set -- redis-server "$@" ;;
esac

if [ "$1" = redis-server ]; then
  if [ "$(id -u)" = 0 ]; then
    chown -R redis:redis /data
    exec gosu redis "$0" "$@"
  fi
  # The official image is compiled with protected mode off, else it would refuse
  # other containers when it has no password. A word on it in the arguments or
  # in the configuration file goes first.
  decided=
  for argument in "$@"; do
    case $argument in
      --protected-mode | -v | --version | -h | --help) decided=yes ;;
      *.conf) if grep -qs '^ *protected-mode' "$argument"; then decided=yes; fi ;;
    esac
  done
  [ -n "$decided" ] || set -- "$@" --protected-mode no
fi
exec "$@"
