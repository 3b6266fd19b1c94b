import { AuditDevice } from '../../constructs/audit-device';
import { Distribution } from '../../constructs/distribution';
import { Listener } from '../../constructs/listener';
import { Seal } from '../../constructs/seal';
import { type ServerConfigurationProps, serverConfiguration } from '../../constructs/server-configuration';
import { Storage } from '../../constructs/storage';

const SINGLE: ServerConfigurationProps = {
  distribution: Distribution.vault('hashicorp/vault:1.17.6'),
  listener: Listener.tls(),
  storage: Storage.raft(),
  seal: Seal.shamir(),
  audit: [AuditDevice.file(), AuditDevice.stdout()],
  node: 'shop-vault',
  nodes: ['shop-vault'],
  commonName: 'shop-vault',
  passwords: false,
};

const THREE: Partial<ServerConfigurationProps> = {
  storage: Storage.raft({ nodes: 3 }),
  node: 'shop-vault-2',
  nodes: ['shop-vault-1', 'shop-vault-2', 'shop-vault-3'],
};

const openBao = Distribution.openBao('openbao/openbao:2.5.5');

test('one node of HashiCorp Vault: TLS 1.3, raft, audited by the API', () => {
  expect(serverConfiguration(SINGLE)).toMatchInlineSnapshot(`
    "api_addr = "https://shop-vault:8200"
    cluster_addr = "https://shop-vault:8201"
    default_lease_ttl = "1h"
    max_lease_ttl = "24h"
    log_format = "json"
    disable_mlock = true
    deny_slash_in_templated_paths = true
    enable_unauthenticated_access = ["generate-root"]

    listener "tcp" {
      address = "0.0.0.0:8200"
      cluster_address = "0.0.0.0:8201"
      tls_cert_file = "/vault/config/server.pem"
      tls_key_file = "/vault/config/server-key.pem"
      tls_min_version = "tls13"
      custom_response_headers {
        default {
          "Strict-Transport-Security" = ["max-age=31536000; includeSubDomains"]
        }
      }
    }

    storage "raft" {
      path = "/vault/file"
      node_id = "shop-vault"
      performance_multiplier = 1
    }

    telemetry {
      prometheus_retention_time = "24h"
      disable_hostname = true
    }
    "
  `);
});

test('one of three nodes of OpenBao: it joins the others, and its audit devices are in the configuration', () => {
  expect(serverConfiguration({ ...SINGLE, ...THREE, distribution: openBao })).toMatchInlineSnapshot(`
    "api_addr = "https://shop-vault-2:8200"
    cluster_addr = "https://shop-vault-2:8201"
    default_lease_ttl = "1h"
    max_lease_ttl = "24h"
    log_format = "json"
    disable_standby_reads = true

    listener "tcp" {
      address = "0.0.0.0:8200"
      cluster_address = "0.0.0.0:8201"
      tls_cert_file = "/openbao/config/server.pem"
      tls_key_file = "/openbao/config/server-key.pem"
      tls_min_version = "tls13"
      custom_response_headers {
        default {
          "Strict-Transport-Security" = ["max-age=31536000; includeSubDomains"]
        }
      }
      disable_unauthed_generate_root_endpoints = false
    }

    storage "raft" {
      path = "/openbao/file"
      node_id = "shop-vault-2"
      performance_multiplier = 1

      retry_join {
        leader_api_addr = "https://shop-vault-1:8200"
        leader_tls_servername = "shop-vault"
        leader_ca_cert_file = "/openbao/config/ca.pem"
      }

      retry_join {
        leader_api_addr = "https://shop-vault-3:8200"
        leader_tls_servername = "shop-vault"
        leader_ca_cert_file = "/openbao/config/ca.pem"
      }
    }

    telemetry {
      prometheus_retention_time = "24h"
      disable_hostname = true
    }

    audit "file" "file" {
      options {
        file_path = "/openbao/logs/file.log"
        mode = "0600"
      }
    }

    audit "file" "stdout" {
      options {
        file_path = "stdout"
      }
    }
    "
  `);
});

test('a development server that keeps its data: plain HTTP, a file, memory that is locked', () => {
  expect(
    serverConfiguration({
      ...SINGLE,
      listener: Listener.http(),
      storage: Storage.file(),
    }),
  ).toMatchInlineSnapshot(`
    "api_addr = "http://shop-vault:8200"
    default_lease_ttl = "1h"
    max_lease_ttl = "24h"
    log_format = "json"
    disable_mlock = false
    deny_slash_in_templated_paths = true
    enable_unauthenticated_access = ["generate-root"]

    listener "tcp" {
      address = "0.0.0.0:8200"
      tls_disable = true
    }

    storage "file" {
      path = "/vault/file"
    }

    telemetry {
      prometheus_retention_time = "24h"
      disable_hostname = true
    }
    "
  `);
});

test('what else can be asked for: TLS 1.2, a port, another Vault that unseals, people with passwords', () => {
  expect(
    serverConfiguration({
      ...SINGLE,
      listener: Listener.tls('1.2', 8443),
      seal: Seal.transit({
        address: 'https://unseal.example:8200',
        keyName: 'shop',
        ownAuthority: true,
      }),
      passwords: true,
    }),
  ).toMatchInlineSnapshot(`
    "api_addr = "https://shop-vault:8443"
    cluster_addr = "https://shop-vault:8201"
    default_lease_ttl = "1h"
    max_lease_ttl = "24h"
    log_format = "json"
    disable_mlock = true
    deny_slash_in_templated_paths = true
    enable_unauthenticated_access = ["generate-root"]

    listener "tcp" {
      address = "0.0.0.0:8443"
      cluster_address = "0.0.0.0:8201"
      tls_cert_file = "/vault/config/server.pem"
      tls_key_file = "/vault/config/server-key.pem"
      tls_min_version = "tls12"
      custom_response_headers {
        default {
          "Strict-Transport-Security" = ["max-age=31536000; includeSubDomains"]
        }
      }
    }

    storage "raft" {
      path = "/vault/file"
      node_id = "shop-vault"
      performance_multiplier = 1
    }

    seal "transit" {
      address = "https://unseal.example:8200"
      key_name = "shop"
      mount_path = "transit/"
      tls_ca_cert = "/vault/config/seal-ca.pem"
    }

    telemetry {
      prometheus_retention_time = "24h"
      disable_hostname = true
    }

    user_lockout "userpass" {
      lockout_threshold = "5"
      lockout_duration = "15m"
      lockout_counter_reset = "15m"
    }
    "
  `);
});
