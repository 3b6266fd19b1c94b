import { ConfiguredServer } from '../../constructs/configured-server';
import { DevelopmentServer } from '../../constructs/development-server';
import { Distribution } from '../../constructs/distribution';
import { Environment } from '../../constructs/environment';
import { ExternalServer } from '../../constructs/external-server';
import { ServerMode } from '../../constructs/server-mode';
import { StateBackend } from '../../constructs/state-backend';
import { PRODUCTION, STAGING, synth, testApp, testPlatform } from '../helper';

const DEVELOPMENT = Environment.development();
const VAULT = Distribution.vault('hashicorp/vault:1.17.6');
const own = { containerName: 'shop-vault', distribution: VAULT };

test.each([
  [DEVELOPMENT, undefined, DevelopmentServer],
  [DEVELOPMENT, ServerMode.development(), DevelopmentServer],
  [DEVELOPMENT, ServerMode.configured(), ConfiguredServer],
  [STAGING, undefined, ConfiguredServer],
  [PRODUCTION, undefined, ConfiguredServer],
  [PRODUCTION, ServerMode.configured(), ConfiguredServer],
])(
  'a server is in memory in development and configured elsewhere, unless it is said: %#',
  (environment, mode, expected) => {
    const { vault } = testPlatform(testApp(), { environment, vault: { ...own, ...(mode && { mode }) } });
    expect(vault).toBeInstanceOf(expected);
  },
);

test.each([DEVELOPMENT, STAGING, PRODUCTION])(
  'somebody else’s server takes its place in $name',
  (environment) => {
    const { vault } = testPlatform(testApp(), {
      environment,
      vault: { external: { address: 'https://vault.example:8200', distribution: VAULT } },
    });
    expect(vault).toBeInstanceOf(ExternalServer);
  },
);

test('the software of the server is that of the inputs', () => {
  const context = {
    'shop-production': { distribution: 'openbao', images: { vault: 'openbao/openbao:2.5.5' } },
  };
  const { vault } = testPlatform(testApp(context), { environment: PRODUCTION });
  expect(vault.distribution).toMatchObject({ kind: 'openbao', image: 'openbao/openbao:2.5.5' });
  expect(vault.description).toMatchObject({ distribution: 'openbao', audit_enabled_by: 'configuration' });
});

test('a platform says its environment in all of its names, and three environments live side by side', () => {
  const app = testApp();
  const platforms = [DEVELOPMENT, STAGING, PRODUCTION].map((environment) =>
    testPlatform(app, { environment }),
  );
  expect(platforms.flatMap(({ stacks }) => stacks.map(({ node }) => node.id))).toEqual(
    ['development', 'staging', 'production'].flatMap((name) =>
      ['vault', 'access', 'services'].map((stack) => `shop-${name}-${stack}`),
    ),
  );
});

test.each([
  ['secret', STAGING],
  ['apps', STAGING],
])("a server that lasts has no mount of its own: '%s' is a new one", (path, environment) => {
  const platform = testPlatform(testApp(), { environment });
  expect(() => platform.addMount(path)).not.toThrow();
});

describe.each(['staging', 'production'] as const)('in %s', (name) => {
  test('fails on a state that is nobody else’s', () => {
    const environment = Environment[name]({ state: StateBackend.local() });
    expect(() => testPlatform(testApp(), { environment })).toThrow(
      new Error(
        `[shop-${name}-vault] 'state' must be shared and locked outside development, got 'local'; write it as Environment.${name}({ state: StateBackend.pg() }), or .s3(), or .http()`,
      ),
    );
  });

  test('every stack has its state where everybody sees it', () => {
    const environment = Environment[name]({ state: StateBackend.pg() });
    for (const stack of testPlatform(testApp(), { environment }).stacks) {
      expect(synth(stack).terraform).toMatchObject({ backend: { pg: { schema_name: stack.node.id } } });
    }
  });
});
