import { Network } from '../../constructs/network';
import { testPlatform } from '../helper';
import { only, PLACE } from './synthesized';

function declare(networkName: string) {
  const [, , stack] = testPlatform().stacks;
  new Network(stack, 'other', { environment: PLACE.environment, platform: 'shop', networkName });
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
