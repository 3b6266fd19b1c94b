import { AuditDevice } from '../../constructs/audit-device';
import { Distribution } from '../../constructs/distribution';
import type { Environment } from '../../constructs/environment';
import { Listener } from '../../constructs/listener';
import { OperatorAccess } from '../../constructs/operator-access';
import { Seal } from '../../constructs/seal';
import { type ConfiguredModeProps, ServerMode } from '../../constructs/server-mode';
import { Storage } from '../../constructs/storage';
import { PRODUCTION, STAGING, testApp, testPlatform } from '../helper';
import { container, PLACE } from './synthesized';

const VAULT = Distribution.vault('hashicorp/vault:1.17.6');

function declare(
  environment: Environment,
  props: ConfiguredModeProps,
  distribution = VAULT,
  context: Record<string, unknown> = {},
) {
  const vault = { containerName: 'shop-vault', distribution, mode: ServerMode.configured(props) };
  return testPlatform(testApp(context), { environment, vault });
}

const error = (environment: Environment, message: string) =>
  new Error(`[shop-${environment.name}-vault/server] ${message}`);

describe.each([STAGING, PRODUCTION])('in $name', (environment) => {
  test('fails on plain HTTP', () => {
    expect(() => declare(environment, { listener: Listener.http() })).toThrow(
      error(environment, "'listener' must use TLS outside development, got plain HTTP; use Listener.tls()"),
    );
  });

  test.each([[[]], [[AuditDevice.file()]]])('fails on fewer than two audit devices: %#', (audit) => {
    expect(() => declare(environment, { audit })).toThrow(
      error(
        environment,
        `'audit' must have two devices outside development, since the server stops when its only one fails, got ${audit.length}; use [AuditDevice.file(), AuditDevice.stdout()]`,
      ),
    );
  });

  test('fails on a seal that sends its token in clear', () => {
    const seal = Seal.transit({ address: 'http://unseal.example:8200', keyName: 'shop' });
    expect(() => declare(environment, { seal })).toThrow(/'address' of the seal must use TLS/);
  });

  test('fails on an image that moves', () => {
    expect(() => declare(environment, {}, VAULT.withImage('hashicorp/vault:latest'))).toThrow(
      /'image' must not be tagged 'latest' outside development, got 'hashicorp\/vault:latest'/,
    );
    const context = { [`shop-${environment.name}`]: { images: { vault: 'hashicorp/vault:latest' } } };
    expect(() => declare(environment, {}, VAULT, context)).toThrow(/'image' must not be tagged 'latest'/);
  });
});

describe('with OpenBao', () => {
  const ofVersion = (tag: string) => Distribution.openBao(`openbao/openbao:${tag}`);

  test.each(['2.4.0', '2.4.4', '2.5.0', '2.5.1', 'v2.5.1-ubi'])(
    'fails on %s, which loses its shares',
    (tag) => {
      expect(() => declare(PRODUCTION, {}, ofVersion(tag))).toThrow(
        error(
          PRODUCTION,
          `'image' of the server must be of a version that keeps its shares when the root key is rotated, got 'openbao/openbao:${tag}'; use 2.5.2 or newer`,
        ),
      );
    },
  );

  test.each(['2.3.2', '2.5.2', '2.5.10', '2.6.0', '2.40.1'])('takes %s', (tag) => {
    expect(() => declare(PRODUCTION, {}, ofVersion(tag))).not.toThrow();
  });

  test('takes every version where people have no shares to lose', () => {
    const seal = Seal.staticKey({ keyId: 'first' });
    expect(() => declare(PRODUCTION, { seal }, ofVersion('2.4.4'))).not.toThrow();
  });
});

describe('in development', () => {
  test('takes plain HTTP, one audit device or none', () => {
    for (const audit of [[], [AuditDevice.stdout()]])
      expect(() => declare(PLACE.environment, { listener: Listener.http(), audit })).not.toThrow();
  });
});

describe.each([PLACE.environment, STAGING, PRODUCTION])('everywhere, as in $name', (environment) => {
  test.each([0, 2, 4, 6, 7, 1.5, Number.NaN])('fails on %d nodes of raft, past the compiler', (nodes) => {
    expect(() => declare(environment, { storage: Storage.raft({ nodes: nodes as 3 }) })).toThrow(
      error(
        environment,
        `'nodes' of raft storage must be 1, 3 or 5, got ${nodes}; an even number is lost as early as the odd one below it`,
      ),
    );
  });

  test.each([1, 3, 5] as const)('takes %d nodes', (nodes) => {
    expect(() => declare(environment, { storage: Storage.raft({ nodes }) })).not.toThrow();
  });

  test('fails on file storage with several nodes, past the compiler', () => {
    const storage = Object.assign(Storage.file(), { nodes: 3 });
    expect(() => declare(environment, { storage })).toThrow(
      error(
        environment,
        "'storage' of several nodes must be raft, got 'file' with 3; use Storage.raft({ nodes: 3 })",
      ),
    );
  });

  test('fails on a seal of the other distribution', () => {
    expect(() => declare(environment, { seal: Seal.staticKey({ keyId: 'a' }) })).toThrow(
      error(
        environment,
        "'seal' must be one that HashiCorp Vault has, got 'static', which is OpenBao's; use Seal.transit() or Seal.shamir()",
      ),
    );
    const openBao = Distribution.openBao('openbao/openbao:2.5.5');
    expect(() => declare(environment, { seal: Seal.staticKey({ keyId: 'a' }) }, openBao)).not.toThrow();
  });

  test('fails on a credential in a seal', () => {
    const token = `hvs.${'x'.repeat(24)}`;
    const seal = Seal.transit({ address: 'https://unseal.example:8200', keyName: token });
    expect(() => declare(environment, { seal })).toThrow(
      error(
        environment,
        "'seal' must not hold a literal secret, got a Vault token in 'keyName'; put it into a file of seals/<platform>-<environment>/",
      ),
    );
  });

  test('fails on a method of operators that is declared twice', () => {
    const operatorAccess = [OperatorAccess.userpass('ada'), OperatorAccess.userpass('ben')];
    expect(() => declare(environment, { operatorAccess })).toThrow(
      error(
        environment,
        "'operatorAccess' must have each method once, got 'userpass' twice; name all users in one OperatorAccess.userpass('ada', 'ben')",
      ),
    );
  });

  test.each(['1.0', '1.1', ''])('fails on TLS %j, past the compiler', (version) => {
    expect(() => declare(environment, { listener: Listener.tls(version as '1.2') })).toThrow(
      error(
        environment,
        `'minimumVersion' of the listener must be 1.2 or 1.3, got '${version}'; use Listener.tls()`,
      ),
    );
  });

  test('fails on the port at which the nodes of raft talk to each other', () => {
    const listener = Listener.tls('1.3', 8201);
    expect(() => declare(environment, { listener })).toThrow(
      error(
        environment,
        "'port' of the listener must not be 8201, where the nodes of raft talk to each other, got '8201'; use 8200",
      ),
    );
    expect(() => declare(environment, { listener, storage: Storage.file() })).not.toThrow();
  });

  test('fails on audit devices of one name', () => {
    const audit = [AuditDevice.file('a'), AuditDevice.stdout(), AuditDevice.socket('collector:9090', 'a')];
    expect(() => declare(environment, { audit })).toThrow(
      error(
        environment,
        "'audit' must have devices of different names, got a, stdout, a; name one of them otherwise",
      ),
    );
  });

  test.each([
    [
      'an audit device',
      { audit: [AuditDevice.stdout(), AuditDevice.socket('collector')] },
      /'address' of audit/,
    ],
    ['operator access', { operatorAccess: [OperatorAccess.userpass()] }, /'users' of operator access/],
    ['memory', { memoryMiB: 1 }, /'memoryMiB' must be a whole number from 6/],
  ])('fails on %s that the server would refuse', (_, props, message) => {
    expect(() => declare(environment, props)).toThrow(message);
  });
});

test('fails in the plan where TLS has no certificate, no key or no authority', () => {
  const { lifecycle } = container(declare(STAGING, {}), 'shop-vault-config-files');
  expect(lifecycle).toMatchObject({
    precondition: ['ca.pem', 'server.pem', 'server-key.pem'].map((file) => ({
      condition: `\${fileexists("\${path.root}/../../../certificates/shop-staging/${file}")}`,
      error_message: `[shop-staging-vault/server/configuration] 'certificates/shop-staging/${file}' must be there, got no such file; run npm run certificates -- shop-staging.`,
    })),
  });
});
