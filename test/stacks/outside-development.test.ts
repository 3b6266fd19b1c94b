import { AuditDevice } from '../../constructs/audit-device';
import { Distribution } from '../../constructs/distribution';
import { Environment } from '../../constructs/environment';
import { Listener } from '../../constructs/listener';
import { Seal } from '../../constructs/seal';
import { type ConfiguredModeProps, ServerMode } from '../../constructs/server-mode';
import { StateBackend } from '../../constructs/state-backend';
import { Storage } from '../../constructs/storage';
import { metricsRules } from '../../policies/system-rules';
import type { PlatformServiceProps } from '../../stacks/platform-props';
import { container } from '../constructs/synthesized';
import { testApp, testPlatform } from '../helper';

const state = StateBackend.pg();
const openBao = Distribution.openBao('openbao/openbao:2.5.5');
// Nobody's, and put together so that nobody takes it for one.
const TOKEN = `hvs.${'x'.repeat(24)}`;

/** All that must be refused in staging and production, as a platform would declare it. */
describe.each([Environment.staging({ state }), Environment.production({ state })])(
  'in $name',
  (environment) => {
    const server = (mode: ServerMode, distribution = testPlatform().vault.distribution) =>
      testPlatform(testApp(), { environment, vault: { containerName: 'shop-vault', distribution, mode } });
    const configured = (props: ConfiguredModeProps, distribution?: Distribution) =>
      server(ServerMode.configured(props), distribution);

    function service(props: Partial<PlatformServiceProps>) {
      const platform = testPlatform(testApp(), { environment });
      const reads = [platform.addMount('apps').everything()];
      return platform.addService('billing', {
        ...{ containerName: 'shop-billing', image: 'shop/billing:1', user: '1000:1000', reads },
        ...props,
      });
    }

    function backing(props: object) {
      const platform = testPlatform(testApp(), { environment });
      return platform.addBackingService('db', {
        ...{ containerName: 'shop-db', image: 'postgres:16.4', user: '999:999' },
        ...props,
      });
    }

    test.each<[string, () => unknown, string]>([
      ['plain HTTP', () => configured({ listener: Listener.http() }), "'listener' must use TLS"],
      [
        'plain HTTP to a server of somebody else',
        () =>
          testPlatform(testApp(), {
            environment,
            vault: { external: { address: 'http://vault.example', distribution: openBao } },
          }),
        "'address' of an external server must use TLS",
      ],
      [
        'plain HTTP to a Vault that unseals',
        () => configured({ seal: Seal.transit({ address: 'http://unseal.example', keyName: 'shop' }) }),
        "'address' of the seal must use TLS",
      ],
      [
        'a development server, which keeps its storage in memory and has a root token',
        () => server(ServerMode.development()),
        "'mode' must not be a development server",
      ],
      [
        'a token in its own variable',
        () => service({ environment: { VAULT_TOKEN: 'root' } }),
        "'environment' must not set variables that are derived",
      ],
      [
        'a literal token in another variable',
        () => service({ environment: { UPSTREAM: TOKEN } }),
        "'environment' must not hold a literal secret, got a Vault token in 'UPSTREAM'",
      ],
      [
        'a variable that is named like a token',
        () => backing({ environment: { API_TOKEN: 'root' } }),
        "'environment' must not hold a literal, since 'API_TOKEN' names a secret",
      ],
      [
        'a token in a command',
        () => service({ command: ['serve', `--vault-token=${TOKEN}`] }),
        "'command' must not hold a literal, since 'vault-token' names a secret",
      ],
      [
        'a token as a word of a command',
        () => backing({ command: ['sh', '-c', `login ${TOKEN}`] }),
        "'command' must not hold a literal secret, got a Vault token",
      ],
      [
        'a token in a seal',
        () => configured({ seal: Seal.transit({ address: 'https://unseal.example', keyName: TOKEN }) }),
        "'seal' must not hold a literal secret, got a Vault token in 'keyName'",
      ],
      [
        'a seal that the distribution does not have',
        () => configured({ seal: Seal.staticKey({ keyId: 'a' }) }),
        "'seal' must be one that HashiCorp Vault has",
      ],
      [
        'a server whose image moves',
        () => server(ServerMode.configured(), Distribution.vault('hashicorp/vault:latest')),
        "'image' must not be tagged 'latest'",
      ],
      [
        'a service whose image moves',
        () => service({ image: 'shop/billing:latest' }),
        "'image' must not be tagged 'latest'",
      ],
      [
        'another program whose image moves',
        () => backing({ image: 'postgres:latest' }),
        "'image' must not be tagged 'latest'",
      ],
      [
        'an image without a tag, which is the same',
        () => backing({ image: 'postgres' }),
        "'image' must carry a tag",
      ],
      [
        'a published address of a service',
        () => service({ ports: [{ host: 8003, container: 8003, address: '0.0.0.0' }] }),
        "'address' of 'ports' must be loopback outside development",
      ],
      [
        'a published address of another program',
        () => backing({ ports: [{ host: 5432, container: 5432, address: '192.0.2.1' }] }),
        "'address' of 'ports' must be loopback outside development",
      ],
      [
        'file storage with several nodes',
        () => configured({ storage: Object.assign(Storage.file(), { nodes: 3 }) }),
        "'storage' of several nodes must be raft",
      ],
      [
        'an even number of nodes',
        () => configured({ storage: Storage.raft({ nodes: 2 as 3 }) }),
        "'nodes' of raft storage must be 1, 3 or 5",
      ],
      [
        'one audit device',
        () => configured({ audit: [AuditDevice.file()] }),
        "'audit' must have two devices",
      ],
      [
        'a state that nobody else sees and nothing locks',
        () =>
          testPlatform(testApp(), {
            environment: Environment[environment.name as 'staging']({ state: StateBackend.local() }),
          }),
        "'state' must be shared and locked",
      ],
      [
        'a policy in the place of that of those who deploy',
        () =>
          testPlatform(testApp(), { environment, policyPrefix: '' }).addPolicy('operator', {
            allows: metricsRules(),
          }),
        "'policyName' must not be 'operator'",
      ],
    ])('fails on %s', (_, declare, message) => {
      expect(declare).toThrow(message);
      // Nothing that may be a secret is repeated.
      expect(declare).not.toThrow(TOKEN);
    });

    test('fails, in the plan, on TLS without a certificate', () => {
      const { lifecycle } = container(configured({}), 'shop-vault-config-files');
      const { precondition } = lifecycle as { precondition: { condition: string }[] };
      for (const file of ['ca.pem', 'server.pem', 'server-key.pem']) {
        expect(precondition.map(({ condition }) => condition)).toContain(
          `\${fileexists("\${path.root}/../../../certificates/shop-${environment.name}/${file}")}`,
        );
      }
    });

    test('takes what is said to be public, and a seal that the distribution has', () => {
      const address = { address: '0.0.0.0', public: true };
      expect(() => service({ ports: [{ host: 443, container: 8443, ...address }] })).not.toThrow();
      expect(() => configured({ seal: Seal.staticKey({ keyId: 'a' }) }, openBao)).not.toThrow();
    });
  },
);
