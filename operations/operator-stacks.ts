import { operatorPolicy } from '../policies/operator-rules';
import type { TerraformJson } from '../policies/terraform-json';
import type { DeployableEnvironment } from './environments';
import type { LastDeploy, StateObject } from './last-deploy';
import { isProtected } from './protection';
import type { States } from './states';

/** What Terraform refuses to destroy where an environment is protected. */
const PROTECTED: ReadonlySet<string> = new Set(['vault_mount', 'vault_kv_secret_v2']);

/**
 * What the policy of operators is made of: what is declared, and what the states still hold of an earlier declaration.
 * Terraform asks the server about that, and takes it away: a service that is called otherwise could not be deployed
 * with a policy that only knows its new name.
 */
export function operatorStacks(
  environment: DeployableEnvironment,
  states?: States,
): readonly TerraformJson[] {
  const { vault, access, services } = environment.stacks;
  const before = states ? [states.access, states.services] : [];
  const protects = isProtected(environment);
  return [
    ...[vault, access, services].map(({ terraform }) => terraform),
    ...before.map(({ objects }) => stackOf(objects, protects)),
  ];
}

/** A state in the words of a stack. */
function stackOf(objects: LastDeploy['objects'], protects: boolean): TerraformJson {
  const resource: Record<string, Record<string, StateObject['attributes']>> = {};
  for (const { type, name, attributes } of objects) {
    if (!type.startsWith('vault_')) continue;
    const lifecycle = protects && PROTECTED.has(type) ? { lifecycle: { prevent_destroy: true } } : {};
    const block = { ...attributes, ...lifecycle };
    if (isKnown({ resource: { [type]: { [name]: block } } })) {
      resource[type] = { ...resource[type], [name]: block };
    }
  }
  return { resource };
}

/** What is declared must be of a known type; what was once declared may be of any. */
function isKnown(stack: TerraformJson): boolean {
  try {
    operatorPolicy([stack]);
    return true;
  } catch {
    return false;
  }
}
