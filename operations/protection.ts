import * as fs from 'node:fs';
import { listed } from '../policies/phrases';
import { type DeployableEnvironment, PARTS } from './environments';
import type { States } from './states';

/** What people call the resources that hold data. */
const NAMES: Readonly<Record<string, readonly [one: string, several: string]>> = {
  docker_volume: ['volume', 'volumes'],
  vault_mount: ['mount', 'mounts'],
  vault_kv_secret_v2: ['secret', 'secrets'],
};

/**
 * Whether it takes an explicit step before an environment loses data: outside development, until cdktf.json allows
 * to destroy it.
 */
export function isProtected({ name, stacks }: DeployableEnvironment): boolean {
  return stacks.vault.vaultDescription?.development !== true && !allowsDestroy(name);
}

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
  return `'allowDestroy' of ${name} must be true to destroy it, got protection for ${listed(parts)}; ${steps(name, stacks)}`;
}

/**
 * Why a deploy would lose data, if it would. Terraform protects what is declared; what is no longer declared it
 * destroys.
 */
export function removalProblem(environment: DeployableEnvironment, states: States): string | undefined {
  const { name, stacks } = environment;
  if (!isProtected(environment)) return undefined;
  const lost = PARTS.flatMap((part) =>
    states[part].objects
      .filter((object) => Object.hasOwn(NAMES, object.type) && !stacks[part].declares(object))
      .map(({ type, attributes: { mount, path, name: own } }) => {
        const address = type === 'vault_kv_secret_v2' ? `${mount}/${own}` : `${path ?? own}`;
        return `${NAMES[type]?.[0]} '${address}'`;
      }),
  );
  if (lost.length === 0) return undefined;
  return `'allowDestroy' of ${name} must be true to lose data, got ${listed(lost)} declared no longer; declare ${lost.length === 1 ? 'it' : 'them'} again, or ${steps(name, stacks)}`;
}

/** How one comes to be allowed. */
function steps(name: string, { vault }: DeployableEnvironment['stacks']): string {
  const policy =
    vault.vaultDescription?.mode === 'external'
      ? `have the policy written anew that npm run vault -- policy ${name} then prints`
      : `run export VAULT_TOKEN=$(npm run --silent vault -- operator ${name}), since its policy does not allow it either`;
  return `write "allowDestroy": true to context.${name} of cdktf.json and ${policy}`;
}

/** The synth has checked it. */
function allowsDestroy(name: string): boolean {
  if (!fs.existsSync('cdktf.json')) return false;
  const { context = {} } = JSON.parse(fs.readFileSync('cdktf.json', 'utf8')) as {
    readonly context?: Readonly<Record<string, { readonly allowDestroy?: unknown } | undefined>>;
  };
  return context[name]?.allowDestroy === true;
}
