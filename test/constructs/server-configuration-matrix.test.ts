import { AuditDevice } from '../../constructs/audit-device';
import { Distribution } from '../../constructs/distribution';
import { Listener } from '../../constructs/listener';
import { Seal } from '../../constructs/seal';
import { type ServerConfigurationProps, serverConfiguration } from '../../constructs/server-configuration';
import { Storage } from '../../constructs/storage';
import { blockOf, blocksOf, parseServerHcl } from './server-hcl';

const DISTRIBUTIONS = [
  Distribution.vault('hashicorp/vault:1.17.6'),
  Distribution.openBao('openbao/openbao:2.5.5'),
];
const STORAGES = [Storage.raft(), Storage.raft({ nodes: 3 }), Storage.raft({ nodes: 5 }), Storage.file()];
const LISTENERS = [Listener.tls(), Listener.tls('1.2', 8443), Listener.http()];
const SEALS = [
  Seal.shamir(),
  Seal.transit({ address: 'https://unseal.example:8200', keyName: 'shop' }),
  Seal.staticKey({ keyId: 'a' }),
  Seal.awsKms({ region: 'eu-central-1', kmsKeyId: 'alias/shop', credentialsFile: true }),
  Seal.azureKeyVault({ tenantId: 't', vaultName: 'v', keyName: 'k' }),
  Seal.gcpCloudKms({ project: 'p', region: 'r', keyRing: 'k', cryptoKey: 'c', credentialsFile: true }),
];
const AUDITS = [
  [],
  [AuditDevice.file(), AuditDevice.stdout()],
  [AuditDevice.file('a'), AuditDevice.file('b'), AuditDevice.socket('collector:9090')],
];

/** Every combination, one node of each. */
const MATRIX: readonly ServerConfigurationProps[] = DISTRIBUTIONS.flatMap((distribution) =>
  STORAGES.flatMap((storage) =>
    LISTENERS.flatMap((listener) =>
      SEALS.flatMap((seal) =>
        AUDITS.map((audit, i) => {
          const count = storage.nodes;
          const nodes =
            count === 1 ? ['shop-vault'] : Array.from({ length: count }, (_, n) => `shop-vault-${n + 1}`);
          return {
            ...{ distribution, storage, listener, seal, audit, nodes, commonName: 'shop-vault' },
            node: nodes.at(-1) as string,
            passwords: i === 1,
          };
        }),
      ),
    ),
  ),
);

const nameOf = ({ distribution, storage, listener, seal, audit }: ServerConfigurationProps) =>
  `${distribution.name}, ${storage.nodes} of ${storage.type}, ${listener.minimumTlsVersion ?? 'HTTP'}, ${seal.type}, ${audit.length} devices`;

/** Runs a check for every combination, and says at which one it ended. */
function ofEach(check: (props: ServerConfigurationProps, parsed: ReturnType<typeof parseServerHcl>) => void) {
  for (const props of MATRIX) {
    try {
      check(props, parseServerHcl(serverConfiguration(props)));
    } catch (error) {
      throw new Error(`${nameOf(props)}: ${(error as Error).message}`);
    }
  }
}

test('every combination can be parsed, and declares nothing twice', () => {
  expect(MATRIX).toHaveLength(2 * 4 * 3 * 6 * 3);
  ofEach((_, { blocks }) => {
    expect(blocks.map(({ type }) => type).slice(0, 2)).toEqual(['listener', 'storage']);
  });
});

test('it listens with the certificate of the server and the TLS that was asked for, or with none', () => {
  ofEach(({ listener, distribution, storage }, parsed) => {
    const { labels, attributes, blocks } = blockOf(parsed, 'listener');
    const directory = distribution.configurationDirectory;
    const tls = {
      tls_cert_file: `${directory}/server.pem`,
      tls_key_file: `${directory}/server-key.pem`,
      tls_min_version: listener.minimumTlsVersion === '1.2' ? 'tls12' : 'tls13',
    };
    expect(labels).toEqual(['tcp']);
    expect(attributes).toEqual({
      address: `0.0.0.0:${listener.port}`,
      ...(storage.type === 'raft' ? { cluster_address: '0.0.0.0:8201' } : {}),
      ...(listener.minimumTlsVersion ? tls : { tls_disable: true }),
      ...(distribution.kind === 'openbao' ? { disable_unauthed_generate_root_endpoints: false } : {}),
    });
    expect(blocks.map(({ type }) => type)).toEqual(
      listener.minimumTlsVersion ? ['custom_response_headers'] : [],
    );
  });
});

test('a node says where it is, and joins all others but itself by TLS', () => {
  ofEach(({ storage, listener, node, nodes, distribution }, parsed) => {
    const { labels, attributes, blocks } = blockOf(parsed, 'storage');
    expect(labels).toEqual([storage.type]);
    expect(parsed.attributes.api_addr).toBe(`${listener.scheme}://${node}:${listener.port}`);
    if (storage.type === 'file') {
      expect(attributes).toEqual({ path: distribution.dataDirectory });
      expect(blocks).toEqual([]);
      expect(parsed.attributes).not.toHaveProperty('cluster_addr');
      return;
    }
    expect(attributes).toEqual({
      path: distribution.dataDirectory,
      node_id: node,
      performance_multiplier: 1,
    });
    expect(parsed.attributes.cluster_addr).toBe(`${listener.scheme}://${node}:8201`);
    const others = nodes.filter((other) => other !== node);
    expect(blocks.map(({ attributes: join }) => join)).toEqual(
      others.map((other) => ({
        leader_api_addr: `${listener.scheme}://${other}:${listener.port}`,
        ...(listener.minimumTlsVersion
          ? {
              leader_tls_servername: 'shop-vault',
              leader_ca_cert_file: `${distribution.configurationDirectory}/ca.pem`,
            }
          : {}),
      })),
    );
  });
});

test('the seal is there unless people unseal, with files of the configuration folder alone', () => {
  ofEach(({ seal, distribution }, parsed) => {
    if (seal.type === 'shamir') return expect(blocksOf(parsed, 'seal')).toEqual([]);
    const { labels, attributes } = blockOf(parsed, 'seal');
    expect(labels).toEqual([seal.type]);
    expect(attributes).toEqual(
      seal.parameters((file) => `${distribution.configurationDirectory}/seal-${file}`),
    );
  });
});

test('audit devices are in the configuration of OpenBao alone, and never write secrets in clear', () => {
  ofEach(({ audit, distribution }, parsed) => {
    const declared = distribution.kind === 'openbao' ? audit : [];
    expect(blocksOf(parsed, 'audit').map(({ labels, blocks }) => [labels, blocks[0]?.attributes])).toEqual(
      declared.map((device) => {
        const { type, path, options } = device.describe(distribution);
        return [[type, path], options];
      }),
    );
    expect(JSON.stringify(parsed)).not.toContain('log_raw');
  });
});

test('leases end within a day, metrics are kept, and each distribution is told what it knows', () => {
  ofEach(({ distribution, storage, passwords }, parsed) => {
    const { api_addr: _, cluster_addr: __, ...others } = parsed.attributes;
    const isVault = distribution.kind === 'vault';
    expect(others).toEqual({
      default_lease_ttl: '1h',
      max_lease_ttl: '24h',
      log_format: 'json',
      ...(isVault
        ? {
            disable_mlock: storage.type === 'raft',
            deny_slash_in_templated_paths: true,
            enable_unauthenticated_access: ['generate-root'],
          }
        : storage.nodes > 1
          ? { disable_standby_reads: true }
          : {}),
    });
    expect(blockOf(parsed, 'telemetry').attributes).toEqual({
      prometheus_retention_time: '24h',
      disable_hostname: true,
    });
    expect(blocksOf(parsed, 'user_lockout').map(({ labels, attributes }) => [labels, attributes])).toEqual(
      passwords
        ? [[['userpass'], { lockout_threshold: '5', lockout_duration: '15m', lockout_counter_reset: '15m' }]]
        : [],
    );
  });
});

test.each([
  ['is declared twice', 'a = 1\na = 2\n', "'a' is declared twice"],
  ['is not closed', 'a {\n  b = 1\n', "'a' is not closed"],
  ['is closed twice', 'a {\n}\n}\n', "nothing is open where '}' closes it"],
  ['is no HCL', 'a: 1\n', 'no HCL that is known: a: 1'],
])('fails in the parser of these tests on what %s', (_, text, message) => {
  expect(() => parseServerHcl(text)).toThrow(new Error(message));
});
