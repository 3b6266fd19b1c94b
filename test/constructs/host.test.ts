import { Host } from '../../constructs/host';
import { testApp, testPlatform } from '../helper';

const app = testApp();
const [vault, access] = testPlatform(app).stacks;

test('all constructs of an app share a host of one name', () => {
  expect(Host.of(vault, 'a')).toBe(Host.of(access, 'a'));
});

test('hosts of other names and other apps are others', () => {
  expect(Host.of(vault, 'a')).not.toBe(Host.of(vault, 'b'));
  expect(Host.of(vault, 'a')).not.toBe(Host.of(testPlatform().stacks[0], 'a'));
});

test('the same value of two kinds is no conflict', () => {
  const host = Host.of(vault, 'kinds');
  host.claim(vault, 'volume', 'data', 'rename it');
  expect(() => host.claim(access, 'network', 'data', 'rename it')).not.toThrow();
});

test.each(['container name', 'host port', 'network', 'volume'] as const)('fails on a second %s', (kind) => {
  const host = Host.of(vault, kind);
  host.claim(vault, kind, 8003, 'rename it');
  expect(() => host.claim(access, kind, '8003', 'rename it')).toThrow(
    new Error(
      `[shop-development-access] '${kind}' must be unique, got '8003', which 'shop-development-vault' already declares; rename it`,
    ),
  );
});
