import type { AddressRange } from '../../constructs/address-range';
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

test.each(['container name', 'DNS name', 'host port', 'network', 'volume'] as const)(
  'fails on a second %s',
  (kind) => {
    const host = Host.of(vault, kind);
    host.claim(vault, kind, 8003, 'rename it');
    expect(() => host.claim(access, kind, '8003', 'rename it')).toThrow(
      new Error(
        `[shop-development-access] '${kind}' must be unique, got '8003', which 'shop-development-vault' already declares; rename it`,
      ),
    );
  },
);

function range([first, last]: readonly [number, number]): AddressRange {
  return { first, last, bits: 24 };
}

describe('ranges of addresses', () => {
  test.each([
    [
      [10, 19],
      [5, 9],
    ],
    [
      [10, 19],
      [20, 29],
    ],
    [
      [10, 19],
      [30, 30],
    ],
  ] as const)('%j and %j live side by side', (first, second) => {
    const host = Host.of(testPlatform().stacks[0], 'ranges');
    host.claimRange(vault, 'first', range(first));
    expect(() => host.claimRange(access, 'second', range(second))).not.toThrow();
  });

  test.each([
    [
      [10, 19],
      [10, 19],
    ],
    [
      [10, 19],
      [5, 10],
    ],
    [
      [10, 19],
      [19, 29],
    ],
    [
      [10, 19],
      [12, 15],
    ],
    [
      [10, 19],
      [0, 99],
    ],
  ] as const)('fails on %j and %j', (first, second) => {
    const host = Host.of(testPlatform().stacks[0], 'ranges');
    host.claimRange(vault, 'first', range(first));
    expect(() => host.claimRange(access, 'second', range(second))).toThrow(
      new Error(
        "[shop-development-access] 'subnet' must be unique, got 'second', which 'shop-development-vault' already declares; it overlaps with 'first'",
      ),
    );
  });

  test('fails on the one of several that is overlapped', () => {
    const host = Host.of(testPlatform().stacks[0], 'ranges');
    host.claimRange(vault, 'first', range([0, 9]));
    host.claimRange(vault, 'second', range([20, 29]));
    expect(() => host.claimRange(access, 'third', range([25, 26]))).toThrow(/it overlaps with 'second'$/);
  });
});
