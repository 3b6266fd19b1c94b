import { TrustedAuthority } from '../../constructs/trusted-authority';

test('a container mounts the certificate read-only and finds it where it is told', () => {
  const authority = new TrustedAuthority('certificates/shop-staging/ca.pem', { volumeName: 'shop-vault-ca' });
  expect(authority.mount).toEqual({
    volume: { volumeName: 'shop-vault-ca' },
    target: '/vault/tls',
    readOnly: true,
  });
  expect(authority.path).toBe('/vault/tls/ca.pem');
  expect(authority.file).toBe('certificates/shop-staging/ca.pem');
});
