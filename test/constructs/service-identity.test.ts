import { ServiceIdentity } from '../../constructs/service-identity';
import { metricsRules } from '../../policies/system-rules';
import { synth, testApp, testPlatform } from '../helper';
import { policy } from './synthesized';

function identity(policyName: string, platform = testPlatform(), id = policyName || 'empty') {
  return new ServiceIdentity(platform.stacks[1], id, {
    server: platform.vault,
    policyName,
    grantee: 'billing',
  });
}

/** The message of the error that `act` throws. */
function messageOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

test('a policy holds exactly what was granted', () => {
  const platform = testPlatform();
  const apps = platform.addMount('apps');
  const billing = identity('shop-billing', platform);
  billing.grant('read', apps.addRuntimeSecret('database', { description: 'the only one' }));
  billing.grant('list', apps.tree('tenants'));
  billing.allow(metricsRules());
  expect(policy(platform, 'shop-billing')).toMatchInlineSnapshot(`
    "# billing may read database: the only one
    path "apps/data/database" {
      capabilities = ["read"]
    }

    # billing may list tenants/*
    path "apps/metadata/tenants/*" {
      capabilities = ["list"]
    }

    # scrapes the metrics of the server
    path "sys/metrics" {
      capabilities = ["read"]
    }
    "
  `);
});

test('grants that come after the declaration count too', () => {
  const platform = testPlatform();
  const billing = platform.addPolicy('billing', { allows: metricsRules() });
  billing.grant('read', platform.addMount('apps').everything());
  expect(policy(platform, 'shop-billing')).toContain('path "apps/data/*"');
});

test('a description is no template for Terraform', () => {
  const platform = testPlatform();
  const billing = identity('shop-billing', platform);
  billing.grant('read', platform.addMount('apps').addRuntimeSecret('keys', { description: 'of ${tenant}' }));
  expect(policy(platform, 'shop-billing')).toContain('# billing may read keys: of $${tenant}\n');
});

test('fails on a secret of the Vault of another platform', () => {
  const app = testApp();
  const billing = identity('shop-billing', testPlatform(app));
  const other = testPlatform(
    app,
    {
      vault: {
        containerName: 'depot-vault',
        distribution: testPlatform().vault.distribution,
        hostPort: 8210,
      },
    },
    'depot',
  );
  const expected =
    "[shop-development-access/shop-billing] 'secret' must belong to the Vault server 'shop-development-vault/server', got one of 'depot-development-vault/server'; declare it in a mount of this platform";
  const apps = other.addMount('apps');
  expect(messageOf(() => billing.grant('read', apps.addRuntimeSecret('database')))).toBe(expected);
  expect(messageOf(() => billing.grant('list', apps.everything()))).toBe(expected);
});

const BUILT_IN =
  'must not be one of the built-in policies root, default, default-ceiling, response-wrapping, control-group';
test.each([
  ['root', BUILT_IN, 'choose another name'],
  ['Default', BUILT_IN, 'choose another name'],
  ['default-ceiling', BUILT_IN, 'choose another name'],
  ['Billing', 'must be lower case, since Vault lower-cases it', "write it as 'billing'"],
  ['', 'must not be empty', "write it as 'payments'"],
  [
    'bill ing',
    "must consist of a-z, 0-9, '_', '-' and '.' and start with a letter or digit",
    "write it as 'bill-ing'",
  ],
])('fails on the policy %j', (name, rule, remedy) => {
  expect(messageOf(() => identity(name))).toBe(
    `[shop-development-access/${name || 'empty'}] 'policyName' ${rule}, got '${name}'; ${remedy}`,
  );
});

test('fails on the policy operator, which is that of those who deploy', () => {
  expect(messageOf(() => identity('operator'))).toBe(
    "[shop-development-access/operator] 'policyName' must not be 'operator', which the key ceremony writes for those who deploy; choose another name",
  );
  expect(messageOf(() => identity('shop-operator'))).toBe('nothing was thrown');
});

test('fails on a second policy of one name', () => {
  const platform = testPlatform();
  identity('billing', platform, 'first');
  expect(messageOf(() => identity('billing', platform, 'second'))).toBe(
    "[shop-development-access/second] 'policyName' must be unique, got 'billing', which 'shop-development-access/first' already declares; choose another name",
  );
});

test('one name may be used on two servers', () => {
  const app = testApp();
  identity('billing', testPlatform(app));
  const depot = testPlatform(
    app,
    {
      vault: {
        containerName: 'depot-vault',
        distribution: testPlatform().vault.distribution,
        hostPort: 8210,
      },
    },
    'depot',
  );
  expect(() => identity('billing', depot)).not.toThrow();
});

test('fails on a path that Vault would refuse', () => {
  const billing = identity('billing');
  expect(
    messageOf(() => billing.allow([{ path: '/sys/metrics', capabilities: ['read'], reason: 'metrics' }])),
  ).toBe(
    "[shop-development-access/billing] 'path' must be a Vault path without leading '/', with '+' only as a whole segment and '*' only at the end, got '/sys/metrics'; write it as 'apps/data/team/*'",
  );
});

test('fails at synth when nothing was granted', () => {
  const platform = testPlatform();
  identity('billing', platform);
  expect(messageOf(() => synth(platform.stacks[1]))).toContain(
    "[shop-development-access/billing] 'reads' must grant something, got nothing although 'billing' is given the address of a Vault; grant it a secret, or declare it without Vault",
  );
});

test('fails at synth when one grant takes another away', () => {
  const platform = testPlatform();
  const apps = platform.addMount('apps');
  const billing = identity('billing', platform);
  billing.grant('read', apps.tree('+/keys'));
  billing.grant('write', apps.tree('tenants/+'));
  expect(messageOf(() => synth(platform.stacks[1]))).toMatch(
    /^.*\[shop-development-access\/billing\] rule "apps\/data\/tenants\/\+\/\*" would take 'read' away from rule "apps\/data\/\+\/keys\/\*" on the paths that both match/s,
  );
  expect(messageOf(() => billing.policyText())).toMatch(/^\[shop-development-access\/billing\] rule "/);
});
