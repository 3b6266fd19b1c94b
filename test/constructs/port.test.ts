import type { Environment } from '../../constructs/environment';
import { type Port, type PublishedPort, publish } from '../../constructs/port';
import { PRODUCTION, STAGING, testPlatform } from '../helper';
import { PLACE } from './synthesized';

const DEVELOPMENT = PLACE.environment;

/** A port of a container that is alone on its host. */
function published(port: Port, environment: Environment = DEVELOPMENT): PublishedPort {
  return publish(testPlatform().stacks[2], environment, port);
}

const error = (message: string) => new Error(`[shop-development-services] ${message}`);

test.each<[Port, PublishedPort]>([
  [1, { internal: 1, external: 1, ip: '127.0.0.1' }],
  [65535, { internal: 65535, external: 65535, ip: '127.0.0.1' }],
  [
    { host: 8002, container: 4000 },
    { internal: 4000, external: 8002, ip: '127.0.0.1' },
  ],
  [
    { host: 443, container: 8443, address: '0.0.0.0' },
    { internal: 8443, external: 443, ip: '0.0.0.0' },
  ],
])('%j is published on loopback unless it says otherwise', (port, expected) => {
  expect(published(port)).toEqual(expected);
});

test.each([0, -1, 65536, 1.5, Number.NaN])('fails on the number %d', (number) => {
  const expected = error(
    `'ports' must be whole numbers from 1 to 65535, got '${number}'; write it as { host: 8003, container: 8000 }`,
  );
  expect(() => published(number)).toThrow(expected);
  expect(() => published({ host: 8003, container: number })).toThrow(expected);
  expect(() => published({ host: number, container: 8003 })).toThrow(expected);
});

test.each(['localhost', '127.0.0.256', ''])('fails on the address %j, which is none', (address) => {
  expect(() => published({ host: 9100, container: 80, address })).toThrow(
    error(
      `'address' of 'ports' must be an IP address of the host, got '${address}'; write it as '127.0.0.1'`,
    ),
  );
});

describe.each([STAGING, PRODUCTION])('in $name', (environment) => {
  test.each(['0.0.0.0', '::', '192.168.1.10', '128.0.0.1', '126.255.255.255', '::2', '::ffff:10.0.0.1'])(
    'fails on the published address %s, unless the declaration says so',
    (address) => {
      const port = { host: 9100, container: 80, address };
      expect(() => published(port, environment)).toThrow(
        error(
          `'address' of 'ports' must be loopback outside development, unless it is said to be public, got '${address}'; leave it out, or add public: true`,
        ),
      );
      expect(() => published({ ...port, public: false }, environment)).toThrow(/must be loopback/);
      expect(published({ ...port, public: true }, environment).ip).toBe(address);
      expect(published(port).ip).toBe(address);
    },
  );

  test.each(['127.0.0.1', '127.8.9.10', '::1'])('takes the loopback address %s', (address) => {
    expect(published({ host: 9100, container: 80, address }, environment).ip).toBe(address);
  });
});

test('fails on a host port that is taken, at whatever address', () => {
  const [, , stack] = testPlatform().stacks;
  publish(stack, DEVELOPMENT, 8003);
  expect(() => publish(stack, DEVELOPMENT, { host: 8003, container: 80, address: '127.0.0.2' })).toThrow(
    error(
      "'host port' must be unique, got '8003', which 'shop-development-services' already declares; give one of them another host port",
    ),
  );
});

test('takes the same port inside of two containers, and the same host port of two environments', () => {
  const [, , stack] = testPlatform().stacks;
  publish(stack, DEVELOPMENT, { host: 9001, container: 80 });
  expect(() => publish(stack, DEVELOPMENT, { host: 9002, container: 80 })).not.toThrow();
  expect(() => publish(stack, STAGING, { host: 9001, container: 80 })).not.toThrow();
});
