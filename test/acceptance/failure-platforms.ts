import type { App } from 'cdktf';
import { AuditDevice } from '../../constructs/audit-device';
import { Distribution } from '../../constructs/distribution';
import type { Environment } from '../../constructs/environment';
import { EnvironmentContract } from '../../constructs/environment-contract';
import { Health } from '../../constructs/health';
import { Listener } from '../../constructs/listener';
import { postgresql } from '../../constructs/postgresql';
import { Seal } from '../../constructs/seal';
import { SecretValue } from '../../constructs/secret-value';
import { ServerMode } from '../../constructs/server-mode';
import { Storage } from '../../constructs/storage';
import { Platform } from '../../stacks/platform';
import type { PlatformProps } from '../../stacks/platform-props';

/** What a test changes in a declaration. */
export interface Change {
  /** An application that comes later. */
  readonly late?: boolean;
  /** Takes older clients, and writes one audit device more. */
  readonly server?: 'changed';
  /** What is declared no more. */
  readonly without?: readonly ('database' | 'spare secret' | 'spare mount')[];
  /** Of the server that somebody else runs. */
  readonly address?: string;
}

type Declaration = (app: App, environment: Environment, change: Change) => Platform;

const OPENBAO = Distribution.openBao('openbao/openbao:2.5.5');

/** One server, whose holders unseal it; an application and a database that need it, and secrets that are spare. */
export const solo: Declaration = (app, environment, change) => {
  const platform = platformOf(app, environment, 'fail-solo', '172.28.80.0/24', {
    ...server('fail-solo', 18771),
    mode: ServerMode.configured(
      change.server === 'changed'
        ? {
            listener: Listener.tls('1.2'),
            audit: [AuditDevice.file(), AuditDevice.stdout(), AuditDevice.file('second')],
          }
        : {},
    ),
  });
  const { without = [] } = change;
  const kv = platform.addMount('fail-solo');
  const api = kv.addSecret('reader/api', { key: SecretValue.generated() });
  const database = kv.addSecret('database', { password: SecretValue.generated() });
  if (!without.includes('spare secret')) kv.addSecret('spare', { key: SecretValue.generated() });
  if (!without.includes('spare mount')) {
    platform.addMount('fail-solo-spare').addSecret('kept', { key: SecretValue.generated() });
  }
  if (!without.includes('database')) {
    platform.addBackingService(
      'database',
      postgresql({
        containerName: 'fail-solo-database',
        image: 'postgres:16.4',
        database: 'probe',
        username: 'probe',
        credentials: database,
      }),
    );
  }
  const application = (name: string) =>
    platform.addService(name, {
      containerName: `fail-solo-${name}`,
      image: 'fail-solo/application:1.0.0',
      user: '1000:1000',
      health: Health.http(8080),
      mount: kv,
      reads: [api],
    });
  application('reader');
  if (change.late) application('late');
  return platform;
};

/** Three servers that keep the same, and an application that writes. */
export const trio: Declaration = (app, environment) => {
  const platform = platformOf(app, environment, 'fail-trio', '172.28.81.0/24', {
    ...server('fail-trio', 18773),
    mode: ServerMode.configured({ storage: Storage.raft({ nodes: 3 }), memoryMiB: 512 }),
  });
  const kv = platform.addMount('fail-trio');
  const api = kv.addSecret('reader/api', { key: SecretValue.generated() });
  platform.addService('reader', {
    containerName: 'fail-trio-reader',
    image: 'fail-trio/application:1.0.0',
    user: '1000:1000',
    health: Health.http(8080),
    reads: [api],
    manages: [kv.tree('runs', 'written by the tests')],
  });
  return platform;
};

/** A server that unseals itself by a key that lies beside it. */
export const staticSeal: Declaration = (app, environment) =>
  withReader(
    platformOf(app, environment, 'fail-static', '172.28.82.0/24', {
      ...server('fail-static', 18776),
      mode: ServerMode.configured({ seal: Seal.staticKey({ keyId: 'first' }) }),
    }),
  );

/** A server that is unsealed by somebody else's. */
export const transitSeal: Declaration = (app, environment, { address = 'https://unsealer.example' }) =>
  withReader(
    platformOf(app, environment, 'fail-transit', '172.28.83.0/24', {
      ...server('fail-transit', 18777),
      mode: ServerMode.configured({
        seal: Seal.transit({ address, keyName: 'fail-transit', ownAuthority: true }),
      }),
    }),
  );

/** A platform on somebody else's server. */
export const guest: Declaration = (app, environment, { address = 'https://vault.example' }) =>
  withReader(
    platformOf(app, environment, 'fail-guest', '172.28.84.0/24', {
      external: { address, distribution: OPENBAO, clientSubnet: '172.28.84.0/24' },
    }),
  );

function server(name: string, hostPort: number) {
  return { containerName: `${name}-vault`, distribution: OPENBAO, hostPort };
}

function platformOf(
  app: App,
  environment: Environment,
  name: string,
  subnet: string,
  vault: PlatformProps['vault'],
): Platform {
  const contract = EnvironmentContract.tokenInFile({ mount: 'VAULT_MOUNT' });
  return new Platform(app, name, { environment, network: `${name}-network`, subnet, vault, contract });
}

function withReader(platform: Platform): Platform {
  const name = platform.platformName;
  const api = platform.addMount(name).addSecret('reader/api', { key: SecretValue.generated() });
  platform.addService('reader', {
    containerName: `${name}-reader`,
    image: `${name}/application:1.0.0`,
    user: '1000:1000',
    health: Health.http(8080),
    reads: [api],
  });
  return platform;
}
