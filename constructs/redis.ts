import type { BackingServiceOptions } from './backing-service';
import { Health } from './health';
import type { KvSecret } from './kv-secret';
import { SecretFile } from './secret-file';

export interface RedisProps {
  readonly containerName: string;
  /** An official image, such as `redis:7.4.1`. */
  readonly image: string;
  /**
   * Where its password is.
   * @default - no password: everybody on the platform's network may use it
   */
  readonly credentials?: KvSecret<'password'>;
}

/**
 * Redis, with its password from Vault where there is one. The container watches the file, so that a rotated
 * password is in force without a restart. Nothing is kept on disk.
 */
export function redis(props: RedisProps): BackingServiceOptions {
  const password = props.credentials && SecretFile.value('password', props.credentials.value('password'));
  return {
    containerName: props.containerName,
    image: props.image,
    // The user `redis` of the official Debian-based images.
    user: '999:999',
    command: password
      ? ['/bin/sh', '-c', KEEP_PASSWORD.replaceAll('PASSWORD_FILE', password.path)]
      : // By a shell, since Terraform refuses the empty word that turns saving off.
        ['/bin/sh', '-c', 'exec docker-entrypoint.sh redis-server --save "" --appendonly no'],
    files: password && [password],
    health: password
      ? Health.shell(`REDISCLI_AUTH="$(cat ${password.path})" redis-cli ping | grep -q PONG`)
      : Health.command('redis-cli', 'ping'),
    memoryMiB: 256,
  };
}

// The password goes by standard input and environment, never as an argument that a process list shows; and it is
// quoted, since Redis logs a line of its configuration that it does not understand.
const KEEP_PASSWORD = `
applied=$(cat PASSWORD_FILE)
case $applied in
'' | *'
'*) echo 'the password must be one line and not empty' >&2; exit 1 ;;
esac
quoted=$(printf %s "$applied" | sed 's/[\\"]/\\\\&/g')
printf 'save ""\\nappendonly no\\nrequirepass "%s"\\n' "$quoted" | docker-entrypoint.sh redis-server - &
server=$!
trap 'kill -TERM $server' TERM INT
while kill -0 $server 2>/dev/null; do
  wanted=$(cat PASSWORD_FILE)
  if [ -n "$wanted" ] && [ "$wanted" != "$applied" ] &&
    printf %s "$wanted" | REDISCLI_AUTH=$applied redis-cli -e -x CONFIG SET requirepass >/dev/null; then applied=$wanted; fi
  sleep 2 & wait $!
done
wait $server
`.trim();
