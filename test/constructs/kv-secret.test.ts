import type { Environment } from '../../constructs/environment';
import type { KvSecret, SecretData } from '../../constructs/kv-secret';
import { SecretValue } from '../../constructs/secret-value';
import { STAGING, synth, testApp, testPlatform } from '../helper';
import { all, only } from './synthesized';

function written(data: SecretData, version?: number): Record<string, unknown> {
  const platform = testPlatform();
  platform.addMount('apps').addSecret('billing/database', data, version === undefined ? {} : { version });
  return only(platform.stacks[1], 'vault_kv_secret_v2');
}

test('a secret is written once, without its values in plan or state, and leaves no version behind', () => {
  expect(written({ host: 'db', password: SecretValue.generated() })).toMatchInlineSnapshot(`
    {
      "data_json_wo": "\${jsonencode({ "host" = "db", "password" = ephemeral.random_password.apps_billing_database_password.result })}",
      "data_json_wo_version": 1261766,
      "delete_all_versions": true,
      "depends_on": [
        "vault_mount.apps_9C782503",
      ],
      "mount": "apps",
      "name": "billing/database",
    }
  `);
});

test.each([
  [STAGING, { disable_read: true, lifecycle: { prevent_destroy: true } }],
  [STAGING.withoutProtection(), { disable_read: true }],
  [testPlatform().environment, {}],
])('a server that lasts is not read back, and what it holds is protected: %#', (environment, expected) => {
  const platform = testPlatform(testApp(), { environment });
  platform.addMount('apps').addSecret('database', { password: SecretValue.generated() });
  const { disable_read, lifecycle } = only(platform.stacks[1], 'vault_kv_secret_v2');
  expect({ disable_read, lifecycle }).toEqual({ disable_read: undefined, lifecycle: undefined, ...expected });
});

test('a server that lost its data has another mount, and is given its secrets again', () => {
  const versionOn = (environment: Environment) => {
    const platform = testPlatform(testApp(), { environment });
    platform.addMount('apps').addSecret('database', { password: SecretValue.generated() }, { version: 3 });
    return only(platform.stacks[1], 'vault_kv_secret_v2').data_json_wo_version;
  };
  const number = Number(versionOn(testPlatform().environment));
  expect(Math.floor(number / 1_000_000)).toBe(3);
  expect(versionOn(STAGING)).toBe(
    `\${3000000 + (${number % 1_000_000} + parseint(substr(sha256(vault_mount.apps_9C782503.accessor), 0, 5), 16)) % 1000000}`,
  );
});

test('a protected secret still asks for what people supply', () => {
  const platform = testPlatform(testApp(), { environment: STAGING });
  platform.addMount('apps').addSecret('mail', { api_key: SecretValue.supplied() });
  expect(only(platform.stacks[1], 'vault_kv_secret_v2').lifecycle).toEqual({
    prevent_destroy: true,
    precondition: [{ condition: expect.any(String), error_message: expect.any(String) }],
  });
});

test('constants are quoted for Terraform', () => {
  expect(written({ note: 'a "b" \\ ${c}\n%{d}' }).data_json_wo).toBe(
    '${jsonencode({ "note" = "a \\"b\\" \\\\ $${c}\\n%%{d}" })}',
  );
});

test('a secret that the application writes is known and never touched', () => {
  const platform = testPlatform();
  const keys = platform.addMount('apps').addRuntimeSecret('keys');
  expect(all(platform.stacks[1], 'vault_kv_secret_v2')).toEqual([]);
  expect([keys.writtenBy, keys.sources, keys.dataPath]).toEqual(['application', {}, 'apps/data/keys']);
});

test('where the values come from is known by key', () => {
  const secret = testPlatform()
    .addMount('apps')
    .addSecret('x', {
      host: 'db',
      password: SecretValue.generated({ length: 64 }),
      pin: SecretValue.supplied(),
      token_ttl: SecretValue.publicConstant('1h'),
    });
  expect(secret.sources).toEqual({
    host: { kind: 'constant', value: 'db' },
    password: { kind: 'generated', length: 64, special: false },
    pin: { kind: 'supplied' },
    token_ttl: { kind: 'constant', value: '1h' },
  });
});

describe('the version by which the provider writes', () => {
  const versionOf = (data: SecretData, version?: number) =>
    Number(written(data, version).data_json_wo_version);

  test('begins with the version of the declaration', () => {
    const first = versionOf({ a: '1' }, 1);
    expect(Math.floor(first / 1_000_000)).toBe(1);
    expect(versionOf({ a: '1' }, 7)).toBe(first + 6_000_000);
  });

  test('follows a changed constant, key and length', () => {
    const versions = [
      versionOf({ a: '1', b: SecretValue.generated() }),
      versionOf({ a: '2', b: SecretValue.generated() }),
      versionOf({ a: '1', c: SecretValue.generated() }),
      versionOf({ a: '1', b: SecretValue.generated({ length: 33 }) }),
      versionOf({ a: '1', b: SecretValue.supplied() }),
    ];
    expect(new Set(versions).size).toBe(versions.length);
  });

  test('does not depend on the order of the keys', () => {
    expect(versionOf({ a: '1', b: '2' })).toBe(versionOf({ b: '2', a: '1' }));
  });

  test('fits into the provider 32 bits at the highest version', () => {
    expect(versionOf({ a: '1' }, 2000)).toBeLessThan(2 ** 31);
  });
});

describe('the address of a value', () => {
  const secret = testPlatform()
    .addMount('apps')
    .addSecret('database', { host: 'db', password: SecretValue.generated() });

  test('is the secret and its key', () => {
    expect(secret.value('password')).toEqual({ secret, key: 'password' });
  });

  test('fails on a key that is not declared, which does not compile either', () => {
    // @ts-expect-error: the key is mistyped
    expect(() => secret.value('pasword')).toThrow(
      new Error(
        "[shop-development-access/apps/database] 'key' must be one of 'host', 'password', got 'pasword'; declare it or choose another",
      ),
    );
  });

  test('is any key where the keys are not known at synth', () => {
    const supplied = testPlatform().addMount('apps').addSuppliedSecret('all');
    expect(supplied.value('whatever').key).toBe('whatever');
  });

  test.each(['a"b', 'a{{b', 'a}}b', 'a\\b', 'a\nb', ''])(
    'fails on the key %j, which a template would read',
    (key) => {
      const supplied = testPlatform().addMount('apps').addSuppliedSecret('all');
      expect(() => supplied.value(key)).toThrow(
        /^\[shop-development-access\/apps\/all\] 'key' must consist of/,
      );
    },
  );

  test('does not compile for a secret that an application writes', () => {
    const runtime = testPlatform().addMount('apps').addRuntimeSecret('keys');
    // @ts-expect-error: nobody knows its keys
    expect(runtime.value('key').secret).toBe(runtime);
  });

  test('does not compile where a secret lacks the key that is needed', () => {
    // @ts-expect-error: there is no 'username'
    const needed: KvSecret<'username'> = secret;
    const enough: KvSecret<'password'> = secret;
    expect([needed, enough]).toEqual([secret, secret]);
  });
});

test('rules name the grantee, the verb, the path and the description', () => {
  const apps = testPlatform().addMount('apps');
  const described = apps.addSecret('database', { host: 'db' }, { description: 'the only one' });
  expect(described.rules('read', 'billing')).toEqual([
    {
      path: 'apps/data/database',
      capabilities: ['read'],
      reason: 'billing may read database: the only one',
    },
  ]);
});

test('no synthesized stack holds a value that must stay hidden', () => {
  const platform = testPlatform();
  platform.addMount('apps').addSecret('x', {
    password: SecretValue.generated(),
    pin: SecretValue.supplied(),
  });
  const { data_json_wo } = only(platform.stacks[1], 'vault_kv_secret_v2');
  expect(data_json_wo).toMatchInlineSnapshot(
    `"\${try(length(var.apps_x_pin) > 0, false) ? jsonencode({ "password" = ephemeral.random_password.apps_x_password.result, "pin" = var.apps_x_pin }) : "not supplied"}"`,
  );
  expect(synth(platform.stacks[1]).ephemeral).toEqual({
    random_password: { apps_x_password: { length: 32, special: false } },
  });
});

test('a server that lost its data is given its secrets again, since its mount is another one then', () => {
  const platform = testPlatform(testApp(), { environment: STAGING });
  platform.addMount('apps').addSecret('mail', { api_key: SecretValue.generated() }, { version: 3 });
  const { data_json_wo_version } = only(platform.stacks[1], 'vault_kv_secret_v2');
  expect(data_json_wo_version).toMatch(
    /^\$\{3000000 \+ \(\d{1,6} \+ parseint\(substr\(sha256\(vault_mount\.apps_\w+\.accessor\), 0, 5\), 16\)\) % 1000000\}$/,
  );
});
