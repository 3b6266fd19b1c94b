import type { DeployableEnvironment } from './environments';

/** What people call the resources that hold data. */
const NAMES: Readonly<Record<string, readonly [one: string, several: string]>> = {
  docker_volume: ['volume', 'volumes'],
  vault_mount: ['mount', 'mounts'],
  vault_kv_secret_v2: ['secret', 'secrets'],
};

/** Why Terraform refuses to destroy an environment, if it does: its stacks protect what cannot be made again. */
export function protectionProblem({ name, stacks }: DeployableEnvironment): string | undefined {
  const counts = new Map<string, number>();
  for (const { protectedResources } of [stacks.vault, stacks.access, stacks.services]) {
    for (const [type, count] of Object.entries(protectedResources)) {
      counts.set(type, (counts.get(type) ?? 0) + count);
    }
  }
  if (counts.size === 0) return undefined;
  // Named ones first, in their order.
  const types = new Set([...Object.keys(NAMES), ...counts.keys()].filter((type) => counts.has(type)));
  const parts = [...types].map((type) => {
    const [one, several] = NAMES[type] ?? [type, type];
    const count = counts.get(type);
    return `${count} ${count === 1 ? one : several}`;
  });
  const policy =
    stacks.vault.vaultDescription?.mode === 'external'
      ? `have the policy written anew that npm run vault -- policy ${name} then prints`
      : `run export VAULT_TOKEN=$(npm run --silent vault -- operator ${name}), since its policy does not allow it either`;
  return `'allowDestroy' of ${name} must be true to destroy it, got protection for ${listed(parts)}; write "allowDestroy": true to context.${name} of cdktf.json and ${policy}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
