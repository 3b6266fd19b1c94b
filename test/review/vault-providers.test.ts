import { reviewedStacks } from '../../review/reviewed-environment';
import { providerObservations, providersOf } from '../../review/vault-providers';

const providers = (provider: object) => {
  const resource = { vault_mount: { kv: { path: 'kv', type: 'kv' } } };
  return providersOf(reviewedStacks(new Map([['shop-production', { provider, resource } as object]])));
};

test.each([
  [
    { vault: [{ address: 'https://vault' }, { alias: 'b', skip_tls_verify: 'true' }] },
    [
      ['https://vault', false],
      [undefined, true],
    ],
  ],
  [{ vault: { address: '${var.address}' } }, [['\u27e8var.address\u27e9', false]]],
  [{ docker: {} }, []],
  [{ vault: {} }, [[undefined, false]]],
])('of %j the addresses are known as far as they are', (provider, expected) => {
  expect(providers(provider).map((one) => [one.address, one.skipsVerification])).toEqual(expected);
});

test('what is wrong with one is in its stack', () => {
  const [provider] = providers({ vault: {} });
  expect(provider && providerObservations(provider, [{ seen: 'a', remedy: 'b' }])).toEqual([
    { stack: 'shop-production', address: 'provider.vault', seen: 'a', remedy: 'b' },
  ]);
});
