import { DATA_LABEL } from '../constructs/data-label';

/** What a stack's state says that the commands ask for. Nothing of it is secret, unlike much else in a state. */
export interface LastDeploy {
  /** In which version each secret was written that a person supplied, by `<mount>/<path>`. */
  readonly suppliedVersions: Readonly<Record<string, number>>;
  /** The accessor of each mount that holds such a secret, by path. Another one is another mount, and empty. */
  readonly mountAccessors: Readonly<Record<string, string>>;
  /** Whether Terraform would ask the Vault server about some of it. */
  readonly holdsVaultObjects: boolean;
  /** What it holds of the Vault server, and volumes with data. */
  readonly objects: readonly StateObject[];
}

/** Something that Terraform made. */
export interface StateObject {
  /** Such as `vault_policy`. */
  readonly type: string;
  /** With the type its address. */
  readonly name: string;
  /** Those by which it is named, and no others: values may be secret. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What the state says of a stack that was never deployed, or destroyed. */
export const NEVER_DEPLOYED: LastDeploy = {
  suppliedVersions: {},
  mountAccessors: {},
  holdsVaultObjects: false,
  objects: [],
};

/** Of all resources here, what makes their path in Vault. */
const NAMING: ReadonlySet<string> = new Set([
  'backend',
  'delete_all_versions',
  'disable_read',
  'mount',
  'name',
  'path',
  'role_name',
  'type',
  'with_wrapped_accessor',
  'wrapping_ttl',
]);

/** As much of Terraform's state, version 4, as the commands look at. */
interface StateJson {
  readonly outputs?: {
    readonly supplied_versions?: { readonly value?: Readonly<Record<string, number>> };
    readonly mount_accessors?: { readonly value?: Readonly<Record<string, string>> };
  };
  readonly resources?: readonly ResourceJson[];
}

interface ResourceJson {
  readonly mode?: string;
  readonly type?: string;
  readonly name?: string;
  readonly instances?: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
}

/**
 * Reads a state.
 *
 * @returns nothing where it is none, not an error: the parser's message would quote it, and a token may be in it
 */
export function lastDeployIn(state: string): LastDeploy | undefined {
  let json: StateJson | null;
  try {
    json = JSON.parse(state) as StateJson | null;
  } catch {
    return undefined;
  }
  if (json === null) return undefined;
  const objects = (json.resources ?? []).flatMap(objectsOf);
  return {
    suppliedVersions: json.outputs?.supplied_versions?.value ?? {},
    mountAccessors: json.outputs?.mount_accessors?.value ?? {},
    holdsVaultObjects: objects.some(({ type }) => type.startsWith('vault_')),
    objects,
  };
}

function objectsOf({ mode, type = '', name = '', instances = [{}] }: ResourceJson): StateObject[] {
  if (mode !== 'managed') return [];
  return instances.flatMap(({ attributes = {} }) => {
    if (!type.startsWith('vault_') && !(type === 'docker_volume' && holdsData(attributes))) return [];
    const naming = Object.entries(attributes).filter(([key]) => NAMING.has(key));
    return { type, name, attributes: Object.fromEntries(naming) };
  });
}

/** By the label of constructs/volume.ts: of others nothing is lost. */
function holdsData({ labels }: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(labels) && labels.some(({ label }) => label === DATA_LABEL);
}
