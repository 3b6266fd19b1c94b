#!/usr/bin/env bash
# Behaves like the entrypoint of the official image in what the acceptance
# tests use of it; written from its documentation.
set -euo pipefail

fail() { printf 'postgres: %s\n' "$*" >&2; exit 1; }

case ${1:--} in
  -*) set -- postgres "$@" ;;
esac
[ "$1" = postgres ] || exec "$@"

if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql
  chown -R postgres:postgres "$PGDATA" /var/run/postgresql
  exec gosu postgres "$0" "$@"
fi

initialise() {
  local user=${POSTGRES_USER:-postgres} password=${POSTGRES_PASSWORD:-}
  local database=${POSTGRES_DB:-$user} method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
  if [ -n "${POSTGRES_PASSWORD_FILE:-}" ]; then
    [ -z "$password" ] || fail 'POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE are both set'
    password=$(<"$POSTGRES_PASSWORD_FILE") || fail 'POSTGRES_PASSWORD_FILE cannot be read'
  fi
  [ -n "$password" ] || [ "$method" = trust ] ||
    fail 'database is not initialised and no superuser password is given: set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE'

  chmod 700 "$PGDATA" || true
  local options=(--username="$user" --auth-local=trust --auth-host="$method")
  # The password goes through a pipe: neither on a command line nor in a file.
  if [ -n "$password" ]; then
    initdb "${options[@]}" --pwfile=<(printf '%s\n' "$password")
  else
    initdb "${options[@]}"
  fi
  printf 'host all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"

  # Reachable through the socket only until the databases are there.
  pg_ctl --wait --options="-c listen_addresses=''" start
  local psql=(psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$user") file
  if [ "$database" != postgres ]; then
    "${psql[@]}" --dbname postgres --set name="$database" <<<'CREATE DATABASE :"name";'
  fi
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) "${psql[@]}" --dbname "$database" --file "$file" ;;
      *.sql.gz) gunzip --stdout "$file" | "${psql[@]}" --dbname "$database" ;;
    esac
  done
  pg_ctl --wait --mode=fast stop
}

[ -s "$PGDATA/PG_VERSION" ] || initialise
unset POSTGRES_PASSWORD
exec "$@"
