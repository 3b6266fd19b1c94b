import * as fs from 'node:fs';
import * as path from 'node:path';

/** What was changed in the second of two synths: what a difference must find. */
export type Edition = 'base' | 'head';

/** Of every so many services the policy reaches further in the second synth. */
export const CHANGED = 50;

/**
 * Writes a synth as cdktf would, of one stack: each service has a role, a policy of its own and two secrets, and reads
 * what its team shares. Plain Terraform JSON, so that only what is measured costs time.
 */
export function writeAccessWorkload(folder: string, services: number, edition: Edition): void {
  const names = Array.from({ length: services }, (_, i) => `service-${i}`);
  const block = <Attributes>(
    key: (name: string) => string,
    attributes: (name: string, i: number) => Attributes,
  ) => Object.fromEntries(names.map((name, i) => [key(name), attributes(name, i)]));
  const stack = {
    terraform: { required_providers: { vault: { source: 'hashicorp/vault', version: '5.6.0' } } },
    resource: {
      vault_mount: { apps: { path: 'apps', type: 'kv', options: { version: '2' } } },
      vault_auth_backend: { approle: { type: 'approle' } },
      vault_policy: block(
        (name) => name,
        (name, i) => ({ name, policy: policyOf(name, i, edition === 'head' && i % CHANGED === 0) }),
      ),
      vault_approle_auth_backend_role: block(
        (name) => name,
        (name) => ({
          backend: '${vault_auth_backend.approle.path}',
          role_name: name,
          token_policies: [`\${vault_policy.${name}.name}`],
        }),
      ),
      vault_kv_secret_v2: {
        ...block(
          (name) => `${name}-database`,
          (name) => ({ mount: '${vault_mount.apps.path}', name: `${name}/database` }),
        ),
        ...block(
          (name) => `${name}-token`,
          (name) => ({ mount: '${vault_mount.apps.path}', name: `${name}/token` }),
        ),
      },
    },
  };
  const stackFolder = path.join(folder, 'stacks', 'bench-production');
  fs.mkdirSync(stackFolder, { recursive: true });
  fs.writeFileSync(path.join(stackFolder, 'cdk.tf.json'), JSON.stringify(stack, null, 2));
}

function policyOf(name: string, i: number, reachesFurther: boolean): string {
  return `# ${name} may read its own secrets
path "apps/data/${name}/*" {
  capabilities = ["read"]
}

path "apps/data/${name}/token" {
  capabilities = ["read", "update"]
}

# names of its own secrets
path "apps/metadata/${name}/*" {
  capabilities = ["list"]
}

# what its team shares
path "apps/data/shared/${reachesFurther ? '*' : `team-${i % 20}`}" {
  capabilities = ["read"]
}

path "apps/data/tenants/+/keys" {
  capabilities = ["read"]
}
`;
}
