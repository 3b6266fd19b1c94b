import { Distribution } from '../../constructs/distribution';
import type { ExternalServerProps } from '../../constructs/external-server';
import { PRODUCTION, resources, STAGING, synth, testApp, testPlatform } from '../helper';
import { all, container, only, PLACE, variables, warnings } from './synthesized';

const distribution = Distribution.openBao('openbao/openbao:2.5.5');
const ADDRESS = 'https://vault.example:8200';

function shop(props: Partial<ExternalServerProps> = {}, environment = STAGING) {
  const platform = testPlatform(testApp(), {
    environment,
    vault: { external: { address: ADDRESS, distribution, ...props } },
  });
  platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
    user: '1000:1000',
    reads: [platform.addMount('apps').everything()],
  });
  return platform;
}

test('containers, Terraform and people reach somebody else’s server at its address', () => {
  const platform = shop();
  expect(variables(platform, 'shop-billing')).toMatchObject({
    VAULT_ADDR: ADDRESS,
    VAULT_CACERT: '/vault/tls/ca.pem',
  });
  for (const stack of platform.stacks.slice(1)) {
    expect(synth(stack).provider).toMatchObject({
      vault: [{ address: ADDRESS, ca_cert_file: '../../../certificates/shop-staging/ca.pem' }],
    });
  }
  expect(platform.vault.isLasting).toBe(true);
});

test('nothing of it is run here but what brings its authority to the containers', () => {
  const [stack] = shop().stacks;
  expect(only(stack, 'docker_container')).toMatchObject({
    name: 'shop-staging-ca-files',
    image: 'openbao/openbao:2.5.5',
    upload: [{ file: '/upload/ca.pem', source: '../../../certificates/shop-staging/ca.pem' }],
  });
  expect(all(stack, 'docker_volume')).toEqual([{ name: 'shop-staging-ca' }]);
  expect(only(stack, 'docker_network')).toMatchObject({ ipam_config: [{ subnet: '172.28.99.0/24' }] });
});

test('a server that the authorities of the images vouch for needs none of ours', () => {
  const platform = shop({ ownAuthority: false });
  expect(Object.keys(synth(platform.stacks[0]).resource)).toEqual(['docker_network']);
  expect(variables(platform, 'shop-billing')).not.toHaveProperty('VAULT_CACERT');
  expect(container(platform, 'shop-billing').volumes).toHaveLength(1);
  expect(platform.vault.description).not.toHaveProperty('ca');
});

test('what people must know is described, and nothing is made up', () => {
  expect(shop().vault.description).toEqual({
    distribution: 'openbao',
    mode: 'external',
    development: false,
    addresses: [ADDRESS],
    ca: 'certificates/shop-staging/ca.pem',
    storage: 'unknown',
    seal: 'unknown',
    audit: [],
    audit_enabled_by: 'configuration',
    operator_access: [],
  });
});

test.each([
  ['https://vault.example:8200', 'vault.example:8200'],
  ['https://vault.example', 'vault.example:443'],
  ['https://vault.example/', 'vault.example:443'],
  ['https://192.0.2.1:8443', '192.0.2.1:8443'],
])('%s has its metrics at %s', (address, node) => {
  expect(shop({ address }).vault.nodes).toEqual([node]);
});

test('in development it may be plain HTTP, and then nobody vouches for it', () => {
  const { vault } = shop({ address: 'http://vault.example:8200' }, PLACE.environment);
  expect([vault.authority, vault.nodes]).toEqual([undefined, ['vault.example:8200']]);
  expect(shop({ address: 'http://vault.example' }, PLACE.environment).vault.nodes).toEqual([
    'vault.example:80',
  ]);
});

test('identities are bound to what the server sees of this platform, if that is known', () => {
  const cidrsOf = (clientSubnet?: string) => {
    const [role] = Object.values(
      resources(synth(shop({ clientSubnet }).stacks[1]), 'vault_approle_auth_backend_role'),
    );
    return role?.token_bound_cidrs;
  };
  expect(cidrsOf('192.0.2.7/32')).toEqual(['192.0.2.7/32']);
  expect(cidrsOf()).toBeUndefined();
});

test('outside development it warns that credentials are bound to no address', () => {
  const warningsOf = (clientSubnet: string | undefined, environment = STAGING) =>
    warnings(shop({ clientSubnet }, environment).stacks[0]);
  expect(warningsOf(undefined)).toEqual([
    "'clientSubnet' is not set, so a stolen secret-id is of use from everywhere: name the addresses from which the server sees this host",
  ]);
  expect(warningsOf('192.0.2.7/32')).toEqual([]);
  expect(warningsOf(undefined, PLACE.environment)).toEqual([]);
});

test.each([PRODUCTION, STAGING])('fails on plain HTTP in $name', (environment) => {
  expect(() => shop({ address: 'http://vault.example:8200' }, environment)).toThrow(
    new Error(
      `[shop-${environment.name}-vault/server] 'address' of an external server must use TLS outside development, got 'http://vault.example:8200'; write it as 'https://vault.example:8200'`,
    ),
  );
});

test.each([
  ...['vault.example:8200', 'vault', '', 'ftp://vault.example', 'https://vault.example/v1'],
  ...['https://user@vault.example', 'https://user:word@vault.example', 'https://:word@vault.example'],
  ...[
    'https://${x}:8200',
    'https://vault.example:8200 ',
    ' https://vault.example',
    'https://v\u00fc.example',
  ],
  ...['https://vault.example/?namespace=a', 'https://vault.example#a'],
])('fails on the address %j, and does not repeat it: a password may be in it', (address) => {
  expect(() => shop({ address })).toThrow(
    new Error(
      "[shop-staging-vault/server] 'address' of an external server must be scheme, host and port alone; write it as 'https://vault.example:8200'",
    ),
  );
});

test.each(['192.0.2.7/32', '10.0.0.0/8', '2001:db8::/128'])('takes clients from %s', (clientSubnet) => {
  expect(shop({ clientSubnet }).vault.clientSubnet).toBe(clientSubnet);
});

test.each([
  '',
  '0.0.0.0/0',
  '::/0',
  '1.2.3.4/24',
  '192.0.2.7/32/5',
  '192.0.2.7',
  '192.0.2.7/33',
  '192.0.2.7/',
  '192.0.2/24',
  '2001:db8::/129',
  'vault/24',
])('fails on clients from %j', (clientSubnet) => {
  expect(() => shop({ clientSubnet })).toThrow(
    new Error(
      `[shop-staging-vault/server] 'clientSubnet' of an external server must be some addresses in CIDR notation, got '${clientSubnet}'; write it as '192.0.2.7/32'`,
    ),
  );
});

test('fails on one server for two environments, whose mounts and identities would meet there', () => {
  const app = testApp();
  const external = { address: 'https://vault.example:8200', distribution };
  const declare = (name: string, subnet: string) =>
    testPlatform(app, { environment: STAGING, subnet, vault: { external } }, name);
  declare('shop', '172.28.1.0/24');
  expect(() => declare('store', '172.28.2.0/24')).toThrow(
    "'Vault' must be unique, got 'vault.example:8200', which 'shop-staging-vault/server' already declares",
  );
});
