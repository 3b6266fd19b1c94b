import { DevelopmentServer } from '../../constructs/development-server';
import { Distribution } from '../../constructs/distribution';
import { Listener } from '../../constructs/listener';
import { ServerMode } from '../../constructs/server-mode';
import { PRODUCTION, STAGING, testApp, testPlatform } from '../helper';
import { container, PLACE, warnings } from './synthesized';

function platformWith(distribution: Distribution, hostPort?: number) {
  return testPlatform(testApp(), {
    vault: {
      containerName: 'shop-vault',
      distribution,
      ...(hostPort !== undefined && { hostPort }),
    },
  });
}

test('a development server runs hardened, in memory, and is waited for', () => {
  const platform = platformWith(Distribution.vault('hashicorp/vault:1.15.0'));
  expect(container(platform, 'shop-vault')).toMatchInlineSnapshot(`
    {
      "capabilities": {
        "drop": [
          "ALL",
        ],
      },
      "command": [
        "server",
        "-dev",
        "-dev-no-store-token",
        "-dev-root-token-id=shop-dev-root-token",
        "-dev-listen-address=0.0.0.0:8200",
      ],
      "depends_on": [
        "docker_network.network_39EEAA36",
      ],
      "destroy_grace_seconds": 10,
      "env": [
        "SKIP_CHOWN=true",
        "SKIP_SETCAP=true",
        "VAULT_LOCAL_CONFIG={"telemetry":{"prometheus_retention_time":"24h","disable_hostname":true}}",
      ],
      "healthcheck": {
        "interval": "5s",
        "retries": 12,
        "start_period": "5s",
        "test": [
          "CMD",
          "vault",
          "status",
          "-address=http://127.0.0.1:8200",
        ],
        "timeout": "5s",
      },
      "image": "hashicorp/vault:1.15.0",
      "init": true,
      "labels": [
        {
          "label": "platform",
          "value": "shop",
        },
        {
          "label": "environment",
          "value": "development",
        },
        {
          "label": "service",
          "value": "vault",
        },
      ],
      "log_driver": "json-file",
      "log_opts": {
        "max-file": "3",
        "max-size": "10m",
      },
      "memory": 512,
      "memory_swap": 512,
      "name": "shop-vault",
      "networks_advanced": [
        {
          "name": "shop-network",
        },
      ],
      "ports": [
        {
          "external": 8200,
          "internal": 8200,
          "ip": "127.0.0.1",
        },
      ],
      "read_only": true,
      "restart": "unless-stopped",
      "security_opts": [
        "no-new-privileges:true",
      ],
      "tmpfs": {
        "/tmp": "rw,noexec,nosuid,nodev,size=16m",
        "/vault/config": "rw,noexec,nosuid,nodev,size=1m,mode=0700,uid=100,gid=1000",
      },
      "ulimit": [
        {
          "hard": 0,
          "name": "core",
          "soft": 0,
        },
      ],
      "user": "100:1000",
      "wait": true,
      "wait_timeout": 120,
    }
  `);
});

test('OpenBao differs in names alone', () => {
  const vault = container(platformWith(Distribution.vault('hashicorp/vault:1.15.0')), 'shop-vault');
  const bao = container(platformWith(Distribution.openBao('openbao/openbao:2.5.5')), 'shop-vault');
  const different = Object.keys(vault).filter(
    (key) => JSON.stringify(vault[key]) !== JSON.stringify(bao[key]),
  );
  expect(Object.fromEntries(different.map((key) => [key, bao[key]]))).toMatchInlineSnapshot(`
    {
      "env": [
        "BAO_LOCAL_CONFIG={"telemetry":{"prometheus_retention_time":"24h","disable_hostname":true}}",
        "SKIP_CHOWN=true",
      ],
      "healthcheck": {
        "interval": "5s",
        "retries": 12,
        "start_period": "5s",
        "test": [
          "CMD",
          "bao",
          "status",
          "-address=http://127.0.0.1:8200",
        ],
        "timeout": "5s",
      },
      "image": "openbao/openbao:2.5.5",
      "tmpfs": {
        "/openbao/config": "rw,noexec,nosuid,nodev,size=1m,mode=0700,uid=100,gid=1000",
        "/tmp": "rw,noexec,nosuid,nodev,size=16m",
      },
    }
  `);
});

test('containers and people reach the server at different addresses', () => {
  const { vault } = platformWith(Distribution.vault('hashicorp/vault:1.15.0'), 8210);
  expect([vault.address, vault.hostAddress]).toEqual(['http://shop-vault:8200', 'http://127.0.0.1:8210']);
});

test('it is described as what needs no ceremony', () => {
  const { vault } = platformWith(Distribution.openBao('openbao/openbao:2.5.5'), 8210);
  expect(vault.description).toEqual({
    distribution: 'openbao',
    mode: 'in-memory',
    development: true,
    addresses: ['http://127.0.0.1:8210'],
    storage: 'in-memory',
    seal: 'none',
    audit: [],
    audit_enabled_by: 'configuration',
    operator_access: [],
  });
});

test('it forgets, trusts nobody and binds nobody to a subnet', () => {
  const { vault } = testPlatform();
  expect(vault.isLasting).toBe(false);
  expect([vault.authority, vault.clientSubnet, vault.nodes]).toEqual([
    undefined,
    undefined,
    ['shop-vault:8200'],
  ]);
});

describe.each([STAGING, PRODUCTION])('in $name', (environment) => {
  const message = `'mode' must not be a development server outside development, got one in ${environment.name}; leave 'mode' out`;

  test('fails on a development server, and so on storage in memory', () => {
    const vault = {
      containerName: 'shop-vault',
      distribution: Distribution.vault('hashicorp/vault:1.17.6'),
      mode: ServerMode.development(),
    };
    expect(() => testPlatform(testApp(), { environment, vault })).toThrow(
      new Error(`[shop-${environment.name}-vault/server] ${message}`),
    );
  });

  test('fails on one that is made without a mode', () => {
    const [stack] = testPlatform().stacks;
    const props = {
      place: { ...PLACE, environment },
      containerName: 'other-vault',
      distribution: Distribution.vault('hashicorp/vault:1.17.6'),
      hostPort: 8300,
    };
    expect(() => new DevelopmentServer(stack, 'other', props)).toThrow(
      new Error(`[shop-development-vault/other] ${message}`),
    );
  });
});

test('a development server warns that it is one', () => {
  expect(warnings(testPlatform().stacks[0])).toEqual([
    'development server: in memory, over HTTP, with a root token that everybody knows; a restart loses what is in it until the next deploy',
  ]);
});

test.each([0, 65536, 8200.5])('fails on the host port %d', (hostPort) => {
  expect(() => platformWith(Distribution.vault('hashicorp/vault:1.15.0'), hostPort)).toThrow(
    new Error(
      `[shop-development-vault/server/container] 'ports' must be whole numbers from 1 to 65535, got '${hostPort}'; write it as { host: 8003, container: 8000 }`,
    ),
  );
});

test('fails on an image without a tag', () => {
  expect(() => platformWith(Distribution.vault('hashicorp/vault'))).toThrow(
    new Error(
      "[shop-development-vault/server/container] 'image' must carry a tag or a digest, got 'hashicorp/vault'; write it as 'hashicorp/vault:1.4.2'",
    ),
  );
});

test('a combination that cannot work does not compile', () => {
  // @ts-expect-error: HTTPS without a certificate
  const https = () => new Listener('https', 8200);
  expect(typeof https).toBe('function');
});
