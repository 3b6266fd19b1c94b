import { Network } from '../../constructs/network';
import { STAGING, testApp, testPlatform } from '../helper';
import { only, PLACE } from './synthesized';

function declare(networkName: string, subnet?: string) {
  const [, , stack] = testPlatform().stacks;
  new Network(stack, 'other', { environment: PLACE.environment, platform: 'shop', networkName, subnet });
  return stack;
}

test('a network is a bridge of its own that says whose it is', () => {
  expect(only(declare('other-network'), 'docker_network')).toEqual({
    name: 'other-network',
    driver: 'bridge',
    labels: [
      { label: 'platform', value: 'shop' },
      { label: 'environment', value: 'development' },
    ],
  });
});

test('fails on a name that Docker refuses', () => {
  expect(() => declare('my network')).toThrow(
    new Error(
      "[shop-development-services/other] 'network' must match Docker's [a-zA-Z0-9][a-zA-Z0-9_.-]+ and have 255 characters at most, got 'my network'; write it as 'apps-network'",
    ),
  );
});

test('fails on the network of another platform', () => {
  expect(() => declare('shop-network')).toThrow(
    new Error(
      "[shop-development-services/other] 'network' must be unique, got 'shop-network', which 'shop-development-vault/network' already declares; give each platform its own",
    ),
  );
});

test.each(['bridge', 'host', 'none', 'default', 'ingress'])('fails on %s, which Docker brings', (name) => {
  expect(() => declare(name)).toThrow(
    new Error(
      `[shop-development-services/other] 'network' must not be a network that Docker brings itself, got '${name}'; write it as 'apps-network'`,
    ),
  );
});

test.each(['10.0.0.0/8', '172.28.10.0/24', '192.168.1.16/28', '0.0.0.0/8', '255.255.255.240/28'])(
  'its addresses are those that it is given: %s',
  (subnet) => {
    expect(only(declare('other-network', subnet), 'docker_network').ipam_config).toEqual([{ subnet }]);
  },
);

test.each([
  ...['', '172.28.10.0', '172.28.10.0/', '172.28.10.0/x', '172.28.10/24', '256.0.0.0/8', 'fd00::/64'],
  ...['10.0.0.0/7', '10.0.0.0/29', '10.0.0.0/32', '10.0.0.0/-8', '10.0.0.0/8.5', '10.0.0.0/0008'],
  // Not the first address of such a network.
  ...['172.28.10.1/24', '10.0.1.0/8', '192.168.1.8/28'],
])('fails on the subnet %j', (subnet) => {
  expect(() => declare('other-network', subnet)).toThrow(
    new Error(
      `[shop-development-services/other] 'subnet' must be an IPv4 network of 8 to 28 bits in CIDR notation, got '${subnet}'; write it as '172.28.10.0/24'`,
    ),
  );
});

describe('two platforms of one host', () => {
  function depotBeside(subnet: string, environment = STAGING) {
    const app = testApp();
    const { vault, network } = { vault: testPlatform().vault.distribution, network: 'depot-network' };
    testPlatform(app, { environment: STAGING, subnet: '172.28.10.0/24' });
    return testPlatform(
      app,
      {
        environment,
        subnet,
        network,
        vault: { containerName: 'depot-vault', distribution: vault, hostPort: 8210 },
      },
      'depot',
    );
  }

  test.each(['172.28.10.0/24', '172.28.0.0/16', '172.28.10.128/25', '172.28.10.240/28'])(
    'fails on %s, which overlaps with the other one',
    (subnet) => {
      expect(() => depotBeside(subnet)).toThrow(
        new Error(
          `[depot-staging-vault/network] 'subnet' must be unique, got '${subnet}', which 'shop-staging-vault/network' already declares; it overlaps with '172.28.10.0/24'`,
        ),
      );
    },
  );

  test.each(['172.28.11.0/24', '172.28.9.0/24', '172.28.9.240/28'])('takes %s beside it', (subnet) => {
    expect(() => depotBeside(subnet)).not.toThrow();
  });

  test('takes the same one where Docker chooses, or on another host', () => {
    expect(() => depotBeside('172.28.10.0/24', PLACE.environment)).not.toThrow();
  });
});
