import type { Environment } from '../../constructs/environment';
import { metricsRules } from '../../policies/system-rules';
import type { PlatformProps } from '../../stacks/platform-props';
import { resources, STAGING, synth, testApp, testPlatform } from '../helper';
import { all, only } from './synthesized';

/** The access stack of a platform in which these identities log in. */
function accessStack(names: readonly string[], props: Partial<PlatformProps> = {}) {
  const platform = testPlatform(testApp(), { environment: STAGING as Environment, ...props });
  for (const name of names) platform.addPolicy(name, { allows: metricsRules() }).role();
  return platform.stacks[1];
}

test('a role has an identifier that is no secret, its one policy, and is bound to the subnet', () => {
  const access = accessStack(['billing']);
  const [method] = Object.keys(resources(synth(access), 'vault_auth_backend'));
  expect(only(access, 'vault_approle_auth_backend_role')).toEqual({
    backend: 'approle',
    role_name: 'shop-billing',
    role_id: 'shop-billing',
    bind_secret_id: true,
    secret_id_ttl: 31536000,
    secret_id_bound_cidrs: ['172.28.99.0/24'],
    token_bound_cidrs: ['172.28.99.0/24'],
    token_policies: ['shop-billing'],
    token_period: 86400,
    depends_on: [`vault_auth_backend.${method}`],
  });
});

test('the auth method is enabled once, hidden, and lets secret-ids live as long as the roles say', () => {
  const access = accessStack(['billing', 'mail']);
  expect(all(access, 'vault_approle_auth_backend_role')).toHaveLength(2);
  expect(only(access, 'vault_auth_backend')).toMatchObject({
    type: 'approle',
    path: 'approle',
    description: 'agents of services',
    tune: [
      {
        default_lease_ttl: '1h',
        max_lease_ttl: '8760h',
        listing_visibility: 'hidden',
      },
    ],
  });
});

test('an identity has one role, however often it is asked for', () => {
  const platform = testPlatform(testApp(), { environment: STAGING });
  const identity = platform.addPolicy('billing', { allows: metricsRules() });
  expect(identity.role()).toBe(identity.role());
});

test('an identity that nothing runs as has none', () => {
  const platform = testPlatform(testApp(), { environment: STAGING });
  platform.addPolicy('backup', { allows: metricsRules() });
  expect(all(platform.stacks[1], 'vault_approle_auth_backend_role')).toEqual([]);
  expect(all(platform.stacks[1], 'vault_auth_backend')).toEqual([]);
});

test('nobody is bound where it is not known from where the server sees the platform', () => {
  const { distribution } = testPlatform().vault;
  const external = { address: 'https://vault.example:8200', distribution };
  const bound = (vault: PlatformProps['vault']) => {
    const role = only(accessStack(['billing'], { vault }), 'vault_approle_auth_backend_role');
    return [role.secret_id_bound_cidrs, role.token_bound_cidrs];
  };
  expect(bound({ external })).toEqual([undefined, undefined]);
  expect(bound({ external: { ...external, clientSubnet: '192.0.2.7/32' } })).toEqual([
    ['192.0.2.7/32'],
    ['192.0.2.7/32'],
  ]);
});
