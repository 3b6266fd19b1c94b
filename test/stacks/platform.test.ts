import { Distribution } from '../../constructs/distribution';
import { EnvironmentContract } from '../../constructs/environment-contract';
import { SecretValue } from '../../constructs/secret-value';
import { variables } from '../constructs/synthesized';
import { resources, synth, testApp, testPlatform } from '../helper';

test('a service reads a secret: one call grants the rule and wires the variables', () => {
  const platform = testPlatform();
  const database = platform.addMount('apps').addSecret('database', { password: SecretValue.generated() });
  platform.addService('billing', {
    containerName: 'billing',
    image: 'billing:1.0.0',
    reads: [database],
  });
  const [, access, services] = platform.stacks;

  const [policy] = Object.values(resources(synth(access), 'vault_policy'));
  expect(policy?.policy).toMatchInlineSnapshot(`
    "# billing may read database
    path "apps/data/database" {
      capabilities = ["read"]
    }
    "
  `);
  const [container] = Object.values(resources(synth(services), 'docker_container'));
  expect(container?.env).toMatchInlineSnapshot(`
    [
      "VAULT_ADDR=http://shop-vault:8200",
      "VAULT_TOKEN=\${vault_token.billing_token_7B055424.client_token}",
    ]
  `);
});

test('what was declared is known, in the order of its declaration', () => {
  const platform = testPlatform();
  const apps = platform.addMount('apps');
  const tools = platform.addMount('tools');
  const keys = tools.addRuntimeSecret('keys');
  const mail = apps.addRuntimeSecret('mail');
  const db = platform.addBackingService('db', {
    containerName: 'shop-db',
    image: 'postgres:16.4',
    user: '999:999',
  });
  const billing = platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
    mount: apps,
    reads: [mail],
  });
  const operator = platform.addPolicy('operator', { reads: [keys] });

  expect(platform.mounts).toEqual([apps, tools]);
  expect(platform.secrets).toEqual([mail, keys]);
  expect([...platform.services]).toEqual([
    ['db', db],
    ['billing', billing],
  ]);
  expect([...platform.identities.keys()]).toEqual(['billing', 'operator']);
  expect(platform.identities.get('operator')).toBe(operator);
});

test('what is handed out is a copy', () => {
  const platform = testPlatform();
  platform.addMount('apps');
  (platform.mounts as unknown[]).pop();
  (platform.services as Map<string, unknown>).set('x', undefined);
  (platform.identities as Map<string, unknown>).set('x', undefined);
  expect([platform.mounts.length, platform.services.size, platform.identities.size]).toEqual([1, 0, 0]);
});

test.each([
  [{}, 'shop-billing'],
  [{ policyPrefix: '' }, 'billing'],
  [{ policyPrefix: 'team-' }, 'team-billing'],
])('with %j a policy is named %s', (props, policyName) => {
  const platform = testPlatform(testApp(), props);
  expect(platform.addPolicy('billing', {}).policyName).toBe(policyName);
});

test('a service is told about the only mount, or about the one that it is given', () => {
  const platform = testPlatform(testApp(), {
    contract: EnvironmentContract.tokenInVariable({ mount: 'VAULT_MOUNT' }),
  });
  const apps = platform.addMount('apps');
  const service = { image: 'shop/billing:1', reads: [apps.everything()] };
  platform.addService('first', { ...service, containerName: 'shop-first' });
  const tools = platform.addMount('tools');
  platform.addService('second', { ...service, containerName: 'shop-second', mount: tools });
  expect(variables(platform, 'shop-first').VAULT_MOUNT).toBe('apps');
  expect(variables(platform, 'shop-second').VAULT_MOUNT).toBe('tools');
});

test('two platforms live side by side on one host', () => {
  const app = testApp();
  const shop = testPlatform(app);
  const depot = testPlatform(
    app,
    {
      vault: {
        containerName: 'depot-vault',
        distribution: Distribution.openBao('openbao/openbao:2.5.5'),
        hostPort: 8210,
      },
    },
    'depot',
  );
  for (const platform of [shop, depot])
    platform.addMount('apps').addSecret('x', { password: SecretValue.generated() });
  for (const stack of [...shop.stacks, ...depot.stacks]) expect(() => synth(stack)).not.toThrow();
});
