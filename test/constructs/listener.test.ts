import { Listener } from '../../constructs/listener';

test.each([
  [Listener.http(), 'http://vault:8200'],
  [Listener.http(8300), 'http://vault:8300'],
])('the address names scheme, host and port: %#', (listener, address) => {
  expect(listener.address('vault')).toBe(address);
});
