import { EnvironmentContract } from '../../constructs/environment-contract';
import { SecretValue } from '../../constructs/secret-value';
import type { PlatformServiceProps } from '../../stacks/platform-props';
import { synth, testApp, testPlatform } from '../helper';

function declare(
  props: Partial<PlatformServiceProps>,
  contract = EnvironmentContract.tokenInVariable({ mount: 'VAULT_MOUNT' }),
): void {
  const platform = testPlatform(testApp(), { contract });
  const database = platform.addMount('apps').addSecret('database', { password: SecretValue.generated() });
  platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
    reads: [database],
    ...props,
  });
}

function error(message: string): Error {
  return new Error(`[shop-development-services/billing${message}`);
}

test.each(['VAULT_ADDR', 'VAULT_TOKEN', 'VAULT_CACERT', 'VAULT_PROXY_ADDR', 'BAO_CLIENT_KEY'])(
  'fails on %s set by hand',
  (name) => {
    const message = `] 'environment' must not set variables that are derived from the Vault that the container was given, got '${name}'; leave it out`;
    expect(() => declare({ environment: { [name]: 'x' } })).toThrow(error(message));
    expect(() =>
      declare({
        workers: {
          worker: {
            containerName: 'shop-worker',
            environment: { [name]: 'x' },
          },
        },
      }),
    ).toThrow(error(message));
  },
);

test.each([
  ['the variable of the mount', { environment: { VAULT_MOUNT: 'secret' } }],
  [
    'a variable of a worker that the service has',
    {
      environment: { LEVEL: '1' },
      workers: { w: { containerName: 'shop-w', environment: { LEVEL: '2' } } },
    },
  ],
] as const)('fails on a second declaration of %s', (_, props) => {
  const name = 'LEVEL' in props.environment ? 'LEVEL' : 'VAULT_MOUNT';
  expect(() => declare(props)).toThrow(
    error(
      `] 'environment' must be unique, got '${name}', which 'shop-development-services/billing' already declares; leave it out, its value is derived`,
    ),
  );
});

test('fails on the place of a secret in a variable that is taken', () => {
  const platform = testPlatform();
  const database = platform.addMount('apps').addRuntimeSecret('database');
  expect(() =>
    platform.addService('billing', {
      containerName: 'shop-billing',
      image: 'shop/billing:1',
      environment: { DATABASE: 'x' },
      secretPaths: { DATABASE: database },
    }),
  ).toThrow(/'environment' must be unique, got 'DATABASE'/);
});

test.each([
  [
    { DB_PASSWORD: 'hunter2' },
    "must not hold a literal, since 'DB_PASSWORD' names a secret, got a string of 7 characters",
  ],
  [
    { DATABASE_URL: 'postgres://app:hunter2@db/app' },
    "must not hold a literal secret, got a URL with a password in 'DATABASE_URL'",
  ],
])('fails on a literal secret in the environment, without repeating it: %j', (environment, expected) => {
  const message = `] 'environment' ${expected}; put it into a secret of the mount and let the service read it`;
  expect(() => declare({ environment })).toThrow(error(message));
  expect(message).not.toContain('hunter2');
});

test('fails without a user where the token is in a file', () => {
  expect(() => declare({}, EnvironmentContract.tokenInFile())).toThrow(
    error(
      "/container-agent] 'user' must be a numeric 'uid:gid' where files hold secrets, got nothing; write it as '1000:1000'",
    ),
  );
});

test.each(['app', '1000', '1000:app', '1000:1000\n', ''])(
  'fails on the user %j where the token is in a file',
  (user) => {
    expect(() => declare({ user }, EnvironmentContract.tokenInFile())).toThrow(
      error(
        `/container-agent] 'user' must be a numeric 'uid:gid' where files hold secrets, got '${user}'; write it as '1000:1000'`,
      ),
    );
  },
);

test('fails on an image without a tag', () => {
  expect(() => declare({ image: 'shop/billing' })).toThrow(
    error(
      "/container] 'image' must carry a tag or a digest, got 'shop/billing'; write it as 'shop/billing:1.4.2'",
    ),
  );
});

test('fails at synth when the service was granted nothing', () => {
  const platform = testPlatform();
  platform.addMount('apps');
  platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
  });
  expect(() => synth(platform.stacks[1])).toThrowErrorMatchingInlineSnapshot(`
    "Validation failed with the following errors:
      [shop-development-access/billing-policy] 'reads' must grant something, got nothing although 'billing' is given the address of a Vault; grant it a secret, or declare it without Vault

    If you wish to ignore these validations, pass 'skipValidation: true' to your App configuration.
    "
  `);
});

test.each(['my worker', 'Worker', ''])('fails on the worker name %j', (worker) => {
  expect(() => declare({ workers: { [worker]: { containerName: 'shop-worker' } } })).toThrow(
    `[shop-development-services/billing] 'workers' must be`,
  );
});
