import { spawnSync } from 'node:child_process';
import { postgresql } from '../../constructs/postgresql';
import { SecretValue } from '../../constructs/secret-value';
import { testPlatform } from '../helper';

const apps = testPlatform().addMount('apps');
const credentials = apps.addSecret('database', {
  username: 'app',
  password: SecretValue.generated(),
});
const options = {
  containerName: 'shop-db',
  image: 'postgres:16.4',
  database: 'shop',
  username: 'app',
};

test('the password comes from a file that the container watches', () => {
  const { command, files, ...others } = postgresql({ ...options, credentials });
  expect(others).toMatchInlineSnapshot(`
    {
      "containerName": "shop-db",
      "data": {
        "data": "/var/lib/postgresql/data",
      },
      "environment": {
        "POSTGRES_DB": "shop",
        "POSTGRES_PASSWORD_FILE": "/vault/secrets/password",
        "POSTGRES_USER": "app",
      },
      "health": Health {
        "test": [
          "CMD",
          "pg_isready",
          "--quiet",
          "--host",
          "127.0.0.1",
          "--username",
          "app",
          "--dbname",
          "shop",
        ],
      },
      "image": "postgres:16.4",
      "ports": undefined,
      "user": "999:999",
    }
  `);
  expect(files?.map(({ secrets, path }) => [secrets, path])).toEqual([
    [[credentials], '/vault/secrets/password'],
  ]);
  expect(command?.slice(0, 2)).toEqual(['/bin/sh', '-c']);
});

test('the script is one that a shell takes, and names no value', () => {
  const [, , script = ''] = postgresql({ ...options, credentials }).command ?? [];
  expect(spawnSync('/bin/sh', ['-n', '-c', script])).toMatchObject({
    status: 0,
  });
  expect(script).toContain('"$POSTGRES_PASSWORD_FILE"');
});

test('ports are those that are asked for', () => {
  expect(postgresql({ ...options, credentials }).ports).toBeUndefined();
  expect(postgresql({ ...options, credentials, ports: [5432] }).ports).toEqual([5432]);
});

test('does not compile with a secret that has no password', () => {
  const other = apps.addSecret('other', { host: 'db' });
  // @ts-expect-error: the key `password` is missing
  expect(() => postgresql({ ...options, credentials: other })).toThrow(
    "[shop-development-access/apps/other] 'key' must be one of 'host', got 'password'; declare it or choose another",
  );
});
