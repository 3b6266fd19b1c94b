import { isContainerName, isOpen, type VaultAddress, vaultAddress } from '../../review/vault-address';

test.each([
  ['https://vault:8200', { scheme: 'https', host: 'vault', port: 8200, path: '' }],
  ['HTTP://Vault', { scheme: 'http', host: 'vault', port: 80, path: '' }],
  ['https://vault.example/', { scheme: 'https', host: 'vault.example', port: 443, path: '/' }],
  ['https://[::1]:8200', { scheme: 'https', host: '::1', port: 8200, path: '' }],
])('%s is an address', (text, address) => {
  expect(vaultAddress(text)).toEqual(address);
});

test.each([
  'vault:8200',
  '"https://vault"',
  'https://vault:99999',
  'https://a@vault',
  'https://vault?x',
  'https://\u27e8var.host\u27e9:8200',
  '',
])('%j is none', (text) => {
  expect(vaultAddress(text)).toBeUndefined();
});

test.each([
  ['https://vault:8200', true],
  ['https://vault.example:8200', false],
  ['https://localhost:8200', false],
  ['https://10.0.0.7:8200', false],
  ['https://[::1]:8200', false],
])('the host of %s is the name of a container: %s', (text, isName) => {
  expect(isContainerName(vaultAddress(text) as VaultAddress)).toBe(isName);
});

test('what an apply alone knows is open', () => {
  expect([isOpen('https://\u27e8var.host\u27e9'), isOpen('https://vault')]).toEqual([true, false]);
});
