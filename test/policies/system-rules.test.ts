import { PolicyDocument, type Rule } from '../../policies/policy-document';
import * as system from '../../policies/system-rules';

function hcl(rules: readonly Rule[]): string {
  return new PolicyDocument(rules).render();
}

test('metrics can be scraped', () => {
  expect(hcl(system.metricsRules())).toMatchInlineSnapshot(`
    "# scrapes the metrics of the server
    path "sys/metrics" {
      capabilities = ["read"]
    }
    "
  `);
});

test('health can be watched', () => {
  expect(hcl(system.healthRules())).toMatchInlineSnapshot(`
    "# watches whether the server is up and unsealed
    path "sys/health" {
      capabilities = ["read"]
    }
    "
  `);
});

test('snapshots of raft storage can be taken, and not restored', () => {
  expect(hcl(system.snapshotRules())).toMatchInlineSnapshot(`
    "# takes snapshots of raft storage, the backup of everything in Vault
    path "sys/storage/raft/snapshot" {
      capabilities = ["read"]
    }
    "
  `);
});

test('one secrets engine can be mounted and tuned, and not unmounted', () => {
  expect(hcl(system.mountRules('apps'))).toMatchInlineSnapshot(`
    "# mounts and tunes the secrets engine at apps
    path "sys/mounts/apps" {
      capabilities = ["create", "read", "update"]
    }

    # mounts and tunes the secrets engine at apps
    path "sys/mounts/apps/tune" {
      capabilities = ["read", "update"]
    }
    "
  `);
});

test('policies of one prefix can be written, and not deleted', () => {
  expect(hcl(system.policyRules('shop-'))).toMatchInlineSnapshot(`
    "# writes the policies named shop-*
    path "sys/policies/acl/shop-*" {
      capabilities = ["create", "read", "update", "list"]
    }
    "
  `);
});

test('all policies can be written with an empty prefix', () => {
  expect(hcl(system.policyRules(''))).toMatchInlineSnapshot(`
    "# writes the policies
    path "sys/policies/acl/*" {
      capabilities = ["create", "read", "update", "list"]
    }
    "
  `);
});

test('tokens can be issued, not beyond the own policies', () => {
  expect(hcl(system.tokenIssuingRules())).toMatchInlineSnapshot(`
    "# issues tokens, limited to its own policies
    path "auth/token/create" {
      capabilities = ["update"]
    }
    "
  `);
});

test('auth methods can be enabled, tuned and given roles', () => {
  expect(hcl(system.authMethodRules())).toMatchInlineSnapshot(`
    "# lists the auth methods
    path "sys/auth" {
      capabilities = ["read"]
    }

    # enables and tunes auth methods
    path "sys/auth/*" {
      capabilities = ["create", "read", "update", "delete", "sudo"]
    }

    # keeps the roles of the auth methods
    path "auth/*" {
      capabilities = ["create", "read", "update", "delete", "list"]
    }
    "
  `);
});

test('audit devices can be enabled, and not disabled', () => {
  expect(hcl(system.auditRules())).toMatchInlineSnapshot(`
    "# lists the audit devices
    path "sys/audit" {
      capabilities = ["read", "sudo"]
    }

    # enables audit devices, and cannot disable them
    path "sys/audit/*" {
      capabilities = ["create", "read", "update", "sudo"]
    }
    "
  `);
});
