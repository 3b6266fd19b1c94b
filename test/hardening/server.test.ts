import { AuditDevice } from '../../constructs/audit-device';
import { Distribution } from '../../constructs/distribution';
import { Listener } from '../../constructs/listener';
import { OperatorAccess } from '../../constructs/operator-access';
import { Seal } from '../../constructs/seal';
import { ServerMode } from '../../constructs/server-mode';
import { Storage } from '../../constructs/storage';
import { PRODUCTION, resources, testApp, testPlatform } from '../helper';
import { configurationsOf, type Json, serversOf, serverWith, ulimit } from './stacks';

describe('of the server alone', () => {
  test('B6 a development server, which is no place for secrets, says so', () => {
    const platform = testPlatform();
    const [vault] = platform.stacks;
    expect(
      vault.node
        .findAll()
        .flatMap(({ node }) => node.metadata)
        .map(({ data }) => data)
        .join(),
    ).toContain('development server');
  });

  test('B9 wrong passwords lock a user out where people log in with one', () => {
    const configurations = configurationsOf(serverWith({ operatorAccess: [OperatorAccess.userpass('ada')] }));
    expect(configurations[0]).toContain('user_lockout "userpass"');
    expect(configurationsOf(serverWith({}))[0]).not.toContain('user_lockout');
  });

  test('B10 on OpenBao the devices are in the configuration, so the first request is audited', () => {
    const stacks = serverWith({}, Distribution.openBao('openbao/openbao:2.5.5'));
    expect(configurationsOf(stacks)[0]).toMatch(/audit "file" "file" \{[\s\S]*audit "file" "stdout" \{/);
    expect(configurationsOf(stacks)[0]).not.toContain('log_raw');
    expect(resources(stacks.access, 'vault_audit')).toEqual({});
  });

  test('fails B10 with one device', () => {
    expect(() => serverWith({ audit: [AuditDevice.file()] })).toThrow(
      "'audit' must have two devices outside development",
    );
  });

  test('fails B3 over plain HTTP', () => {
    expect(() => serverWith({ listener: Listener.http() })).toThrow(
      "'listener' must use TLS outside development",
    );
  });

  test('B17 TLS 1.2 is there for clients that know no better, and by name alone', () => {
    expect(configurationsOf(serverWith({ listener: Listener.tls('1.2') }))[0]).toContain(
      'tls_min_version = "tls12"',
    );
  });

  test.each([
    ['transit', Seal.transit({ address: 'https://unseal.example:8200', keyName: 'shop' })],
    ['awskms', Seal.awsKms({ region: 'eu-central-1', kmsKeyId: 'alias/shop', credentialsFile: true })],
    [
      'gcpckms',
      Seal.gcpCloudKms({ project: 'p', region: 'r', keyRing: 'k', cryptoKey: 'c', credentialsFile: true }),
    ],
    ['azurekeyvault', Seal.azureKeyVault({ tenantId: 't', vaultName: 'v', keyName: 'k' })],
  ])('B16 the %s seal has no credential in the configuration', (type, seal) => {
    const [configuration = ''] = configurationsOf(serverWith({ seal }));
    const stanza = new RegExp(`seal "${type}" \\{[^}]*\\}`).exec(configuration)?.[0] ?? '';
    expect(stanza).not.toBe('');
    expect(stanza).not.toMatch(/token|secret|password|access_key/);
  });

  test('fails B16 with a literal credential', () => {
    const props = { address: 'https://unseal.example:8200', keyName: 'shop', token: 'a-token' };
    expect(() => serverWith({ seal: Seal.transit(props) })).toThrow(
      "'seal' must not hold credentials, got 'token'",
    );
  });

  test('X6 a server that locks its memory may, and another has no capability for it', () => {
    const locking = serversOf(serverWith({ storage: Storage.file() }))[0] as Json;
    expect(locking.capabilities).toEqual({ drop: ['ALL'], add: ['CAP_IPC_LOCK'] });
    expect(ulimit(locking, 'memlock')).toEqual({ name: 'memlock', soft: -1, hard: -1 });
    expect(configurationsOf(serverWith({ storage: Storage.file() }))[0]).toContain('disable_mlock = false');
    const raft = serversOf(serverWith({}))[0] as Json;
    expect(raft.capabilities).toEqual({ drop: ['ALL'] });
    expect(ulimit(raft, 'memlock')).toBeUndefined();
  });

  test('X11 a proxy of the host reaches no container by itself', () => {
    const stacks = serverWith({});
    expect(JSON.stringify(serversOf(stacks)[0]?.env)).not.toMatch(/proxy/i);
  });

  test('fails B8 in a development mode outside development', () => {
    expect(() =>
      testPlatform(testApp(), {
        environment: PRODUCTION,
        vault: {
          containerName: 'shop-vault',
          distribution: Distribution.vault('hashicorp/vault:1.17.6'),
          mode: ServerMode.development(),
        },
      }),
    ).toThrow("'mode' must not be a development server outside development");
  });
});
