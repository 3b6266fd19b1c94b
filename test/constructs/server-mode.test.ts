import { AuditDevice } from '../../constructs/audit-device';
import { Listener } from '../../constructs/listener';
import { OperatorAccess } from '../../constructs/operator-access';
import { Seal } from '../../constructs/seal';
import { ServerMode } from '../../constructs/server-mode';
import { Storage } from '../../constructs/storage';

test('a development server has nothing to configure', () => {
  expect(ServerMode.development().configuration).toBeUndefined();
});

test('the defaults of a configured server are fit for production', () => {
  const { configuration } = ServerMode.configured();
  expect(configuration?.listener).toMatchObject({ scheme: 'https', minimumTlsVersion: '1.3', port: 8200 });
  expect(configuration?.storage).toMatchObject({ type: 'raft', nodes: 1 });
  expect(configuration?.seal.type).toBe('shamir');
  expect(configuration?.audit.map(({ path }) => path)).toEqual(['file', 'stdout']);
  expect(configuration?.operatorAccess).toEqual([]);
  expect(configuration?.memoryMiB).toBe(1024);
});

test('what is declared takes the place of the default', () => {
  const declared = {
    listener: Listener.tls('1.2', 8443),
    storage: Storage.file(),
    seal: Seal.staticKey({ keyId: 'a' }),
    audit: [AuditDevice.stdout()],
    operatorAccess: [OperatorAccess.userpass('ada')],
    memoryMiB: 512,
  };
  expect(ServerMode.configured(declared).configuration).toEqual(declared);
});
