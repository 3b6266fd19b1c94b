/** What a stack's state says that the commands ask for. Nothing of it is secret, unlike much else in a state. */
export interface LastDeploy {
  /** In which version each secret was written that a person supplied, by `<mount>/<path>`. */
  readonly suppliedVersions: Readonly<Record<string, number>>;
  /** The accessor of each mount that holds such a secret, by path. Another one is another mount, and empty. */
  readonly mountAccessors: Readonly<Record<string, string>>;
  /** Whether Terraform would ask the Vault server about some of it. */
  readonly holdsVaultObjects: boolean;
}

/** What the state says of a stack that was never deployed, or destroyed. */
export const NEVER_DEPLOYED: LastDeploy = {
  suppliedVersions: {},
  mountAccessors: {},
  holdsVaultObjects: false,
};

/** As much of Terraform's state, version 4, as the commands look at. */
interface StateJson {
  readonly outputs?: {
    readonly supplied_versions?: { readonly value?: Readonly<Record<string, number>> };
    readonly mount_accessors?: { readonly value?: Readonly<Record<string, string>> };
  };
  readonly resources?: readonly { readonly mode?: string; readonly type?: string }[];
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
  return {
    suppliedVersions: json.outputs?.supplied_versions?.value ?? {},
    mountAccessors: json.outputs?.mount_accessors?.value ?? {},
    holdsVaultObjects: (json.resources ?? []).some(
      ({ mode, type }) => mode === 'managed' && type?.startsWith('vault_') === true,
    ),
  };
}
