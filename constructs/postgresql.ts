import type { BackingServiceOptions } from './backing-service';
import { Health } from './health';
import type { KvSecret } from './kv-secret';
import { SecretFile } from './secret-file';

export interface PostgresqlProps {
  readonly containerName: string;
  /** An official image, such as `postgres:16.4`. */
  readonly image: string;
  /** The database that is created first. */
  readonly database: string;
  /** The superuser. */
  readonly username: string;
  /** Where its password is. */
  readonly credentials: KvSecret<'password'>;
  /** @default - reachable on the platform's network only */
  readonly ports?: BackingServiceOptions['ports'];
}

/**
 * PostgreSQL with its password from Vault.
 *
 * The official image reads the password once, when it creates the database. So the same container watches the
 * file and sets the password whenever it changes: a rotation, or a development server that forgot everything,
 * reaches the database without a restart.
 */
export function postgresql(props: PostgresqlProps): BackingServiceOptions {
  const password = SecretFile.value('password', props.credentials.value('password'));
  return {
    containerName: props.containerName,
    image: props.image,
    // The user `postgres` of the official Debian-based images.
    user: '999:999',
    files: [password],
    environment: {
      POSTGRES_DB: props.database,
      POSTGRES_USER: props.username,
      POSTGRES_PASSWORD_FILE: password.path,
    },
    command: ['/bin/sh', '-c', KEEP_PASSWORD],
    // By TCP: the server that the entrypoint starts to create the database answers on the socket alone.
    health: Health.command(
      'pg_isready',
      '--quiet',
      '--host',
      '127.0.0.1',
      '--username',
      props.username,
      '--dbname',
      props.database,
    ),
    data: { data: '/var/lib/postgresql/data' },
    ports: props.ports,
  };
}

// psql reads the file itself, so the password is in no process list; `:'...'` quotes it for SQL, and the server
// is told not to log the statement. The entrypoint swallows a signal while it creates the database, so it is
// sent again.
const KEEP_PASSWORD = `
docker-entrypoint.sh postgres &
server=$!
stopping=
trap 'stopping=yes' TERM INT
applied=
while kill -0 $server 2>/dev/null; do
  [ -z "$stopping" ] || kill -INT $server
  wanted=$(cat "$POSTGRES_PASSWORD_FILE")
  if [ -n "$wanted" ] && [ "$wanted" != "$applied" ] &&
    PGOPTIONS='-c log_statement=none -c log_min_error_statement=panic -c log_min_duration_statement=-1' psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 \\
    --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" >/dev/null 2>&1 <<'SQL'
\\set password \`cat "$POSTGRES_PASSWORD_FILE"\`
\\set username \`printf %s "$POSTGRES_USER"\`
ALTER ROLE :"username" PASSWORD :'password';
SQL
  then applied=$wanted; fi
  sleep 2 & wait $!
done
wait $server
`.trim();
