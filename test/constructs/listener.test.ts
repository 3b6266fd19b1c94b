import { Listener } from '../../constructs/listener';

test.each([
  [Listener.http(), 'http://vault:8200', undefined],
  [Listener.http(8300), 'http://vault:8300', undefined],
  [Listener.tls(), 'https://vault:8200', '1.3'],
  [Listener.tls('1.2'), 'https://vault:8200', '1.2'],
  [Listener.tls('1.3', 8443), 'https://vault:8443', '1.3'],
])(
  'the address names scheme, host and port, and TLS is 1.3 unless it is asked for 1.2: %#',
  (listener, address, version) => {
    expect(listener.address('vault')).toBe(address);
    expect(listener.minimumTlsVersion).toBe(version);
  },
);

test('a published port takes the place of the own one', () => {
  expect(Listener.tls().address('127.0.0.1', 8210)).toBe('https://127.0.0.1:8210');
});

test('fails to compile: a version of TLS that is broken', () => {
  // @ts-expect-error: 1.0 and 1.1 are not taken
  expect(Listener.tls('1.1').scheme).toBe('https');
});
