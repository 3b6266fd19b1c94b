import { TrustedAuthority } from '../../constructs/trusted-authority';
import { testPlatform } from '../helper';

const authority = new TrustedAuthority('certificates/shop-staging/ca.pem', { volumeName: 'shop-vault-ca' });

test('a container mounts the certificate read-only and finds it where it is told', () => {
  const [, , stack] = testPlatform().stacks;
  expect(authority.mountIn(stack)).toEqual({
    volume: { volumeName: 'shop-vault-ca' },
    target: '/vault/tls',
    readOnly: true,
    // Another certificate is another container.
    fingerprint: '${filesha256("../../../certificates/shop-staging/ca.pem")}',
  });
  expect(authority.path).toBe('/vault/tls/ca.pem');
  expect(authority.file).toBe('certificates/shop-staging/ca.pem');
});
