import * as fc from 'fast-check';
import { SecretFile } from '../../constructs/secret-file';
import { agentConfiguration } from '../../constructs/vault-agent';
import { render } from './consul-template';
import { declared, withFiles } from './password-file';
import { all, container, variables } from './synthesized';

const METHOD = '  method "any" {\n  }\n';
const common = {
  address: 'https://vault:8200',
  authority: undefined,
  method: METHOD,
  files: [],
  tokenFile: undefined,
};

test('the configuration renders each file for its readers, and again when the secret changes', () => {
  const { password } = declared();
  expect(
    agentConfiguration({
      ...common,
      files: [SecretFile.value('password', password)],
    }),
  ).toMatchInlineSnapshot(`
    "vault {
      address = "https://vault:8200"
    }

    auto_auth {
      method "any" {
      }
    }

    template_config {
      exit_on_retry_failure         = true
      static_secret_render_interval = "30s"
    }

    template {
      destination          = "/vault/secrets/password"
      perms                = "0440"
      error_on_missing_key = true
      backup               = false
      contents             = "{{ with secret \\"apps/data/database\\" }}{{ .Data.data.password }}{{ end }}"
    }
    "
  `);
});

test('the token is kept in a file where that is asked for, and the server is known by its authority', () => {
  expect(
    agentConfiguration({
      ...common,
      authority: '/vault/tls/ca.pem',
      tokenFile: '/vault/secrets/token',
    }),
  ).toMatchInlineSnapshot(`
    "vault {
      address = "https://vault:8200"
      ca_cert = "/vault/tls/ca.pem"
    }

    auto_auth {
      method "any" {
      }

      sink "file" {
        config = {
          path = "/vault/secrets/token"
          mode = 288 # 0440
        }
      }
    }

    template_config {
      exit_on_retry_failure         = true
      static_secret_render_interval = "30s"
    }
    "
  `);
});

test('the agent runs as itself in the group that reads its files, hardened, and is healthy when they are there', () => {
  const platform = withFiles((password) => [
    SecretFile.value('password', password),
    SecretFile.text('b', ['x']),
  ]);
  const { env: _, networks_advanced: __, labels: ___, ...agent } = container(platform, 'shop-db-agent');
  expect(agent).toMatchInlineSnapshot(`
    {
      "capabilities": {
        "drop": [
          "ALL",
        ],
      },
      "command": [
        "umask 077
    printf %s "$AGENT_CONFIGURATION" > /tmp/agent.hcl
    printf %s "$VAULT_TOKEN" > /tmp/token
    unset VAULT_TOKEN
    umask 027
    exec vault agent -config=/tmp/agent.hcl",
      ],
      "depends_on": [
        "docker_volume.db_agent_secrets_13F7B432",
      ],
      "destroy_grace_seconds": 10,
      "entrypoint": [
        "/bin/sh",
        "-ec",
      ],
      "healthcheck": {
        "interval": "5s",
        "retries": 12,
        "start_period": "5s",
        "test": [
          "CMD-SHELL",
          "test -s /vault/secrets/password && test -s /vault/secrets/b",
        ],
        "timeout": "5s",
      },
      "image": "hashicorp/vault:1.17.6",
      "init": true,
      "log_driver": "json-file",
      "log_opts": {
        "max-file": "3",
        "max-size": "10m",
      },
      "memory": 128,
      "memory_swap": 128,
      "name": "shop-db-agent",
      "read_only": true,
      "restart": "unless-stopped",
      "security_opts": [
        "no-new-privileges:true",
      ],
      "tmpfs": {
        "/tmp": "rw,noexec,nosuid,nodev,size=1m",
      },
      "ulimit": [
        {
          "hard": 0,
          "name": "core",
          "soft": 0,
        },
      ],
      "user": "100:999",
      "volumes": [
        {
          "container_path": "/vault/secrets",
          "read_only": false,
          "volume_name": "shop-db-secrets",
        },
      ],
      "wait": true,
      "wait_timeout": 120,
    }
  `);
  expect(container(platform, 'shop-db')).toMatchObject({
    depends_on: [expect.stringContaining('docker_container.db_agent_container_'), expect.any(String)],
    volumes: [
      {
        volume_name: 'shop-db-secrets',
        container_path: '/vault/secrets',
        read_only: true,
      },
    ],
  });
});

test('the configuration holds no token', () => {
  const platform = withFiles((password) => [SecretFile.value('password', password)]);
  const { AGENT_CONFIGURATION, VAULT_TOKEN, HOME } = variables(platform, 'shop-db-agent');
  expect(VAULT_TOKEN).toMatch(/^\$\{vault_token\.\w+\.client_token\}$/);
  expect(AGENT_CONFIGURATION).not.toContain('client_token');
  expect(HOME).toBe('/tmp');
});

test('the files are in memory, written by the agent and read by the group of the container', () => {
  const platform = withFiles((password) => [SecretFile.value('password', password)], '472:0');
  expect(all(platform.stacks[2], 'docker_volume')).toEqual([
    {
      name: 'shop-db-secrets',
      driver: 'local',
      driver_opts: {
        device: 'tmpfs',
        o: 'size=1m,mode=0750,uid=100,gid=0,noexec,nosuid,nodev',
        type: 'tmpfs',
      },
    },
  ]);
});

test('text that looks like a template of Terraform or of HCL reaches the file as it is', () => {
  const text = fc
    .array(
      fc.constantFrom('${', '%{', '$', '%', '{', '}', '"', '\\', '\n', '\t', '${1}', 'é', 'u0024', ' '),
      {
        maxLength: 10,
      },
    )
    .map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, (original) => {
      const configuration = agentConfiguration({
        ...common,
        files: [SecretFile.text('f', [original])],
      });
      const [, quoted = ''] = /^ {2}contents {13}= (".*")$/m.exec(configuration) ?? [];
      // Neither language sees the beginning of a template, and both know the escapes of JSON.
      expect(configuration).not.toMatch(/[$%]\{/);
      expect(render(JSON.parse(quoted), {})).toBe(original);
    }),
    { numRuns: 1000 },
  );
});
