import { spawnSync } from 'node:child_process';
import { redis } from '../../constructs/redis';
import { SecretValue } from '../../constructs/secret-value';
import { testPlatform } from '../helper';

const credentials = testPlatform().addMount('apps').addSecret('redis', { password: SecretValue.generated() });
const options = { containerName: 'shop-redis', image: 'redis:7.4.1' };

test('without credentials there is no password and nothing to render', () => {
  const { files, health, command } = redis(options);
  expect([files, health?.test]).toEqual([undefined, ['CMD', 'redis-cli', 'ping']]);
  expect(command?.[2]).toMatchInlineSnapshot(
    `"exec docker-entrypoint.sh redis-server --save "" --appendonly no"`,
  );
});

test('with credentials the password comes from a file that the container watches', () => {
  const { files, health, command } = redis({ ...options, credentials });
  expect(files?.map(({ secrets }) => secrets)).toEqual([[credentials]]);
  expect(health?.test).toMatchInlineSnapshot(`
    [
      "CMD-SHELL",
      "REDISCLI_AUTH="$(cat /vault/secrets/password)" redis-cli ping | grep -q PONG",
    ]
  `);
  expect(command?.[2]).toMatchInlineSnapshot(`
    "applied=$(cat /vault/secrets/password)
    case $applied in
    '' | *'
    '*) echo 'the password must be one line and not empty' >&2; exit 1 ;;
    esac
    quoted=$(printf %s "$applied" | sed 's/[\\"]/\\\\&/g')
    printf 'save ""\\nappendonly no\\nrequirepass "%s"\\n' "$quoted" | docker-entrypoint.sh redis-server - &
    server=$!
    trap 'kill -TERM $server' TERM INT
    while kill -0 $server 2>/dev/null; do
      wanted=$(cat /vault/secrets/password)
      if [ -n "$wanted" ] && [ "$wanted" != "$applied" ] &&
        printf %s "$wanted" | REDISCLI_AUTH=$applied redis-cli -e -x CONFIG SET requirepass >/dev/null; then applied=$wanted; fi
      sleep 2 & wait $!
    done
    wait $server"
  `);
});

test.each([
  ['without', redis(options)],
  ['with', redis({ ...options, credentials })],
])('the script %s a password is one that a shell takes', (_, { command }) => {
  expect(spawnSync('/bin/sh', ['-n', '-c', command?.[2] ?? ''])).toMatchObject({
    status: 0,
  });
});
