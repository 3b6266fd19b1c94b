/** Names that applications give to the variable with a KV engine's path. */
const MOUNT =
  /^(?:(?:(?:VAULT|BAO|OPENBAO)_(?:KV2?_|SECRETS?_)?|KV2?_|SECRETS?_)MOUNT|(?:(?:VAULT|BAO|OPENBAO)_)?(?:KV2?|SECRETS?)_(?:ENGINE|BACKEND))(?:_PATH|_POINT|_NAME)?$/;
/** Of engines, and no path. */
const KIND = /^(?:kv-?)?v?[12]$/i;

export type MountVariable = readonly [name: string, mount: string];

/** Variables that name the KV engine in which a container finds its secrets. */
export function mountVariablesOf(variables: ReadonlyMap<string, string>): readonly MountVariable[] {
  return [...variables].filter(
    ([name, mount]) => MOUNT.test(name) && mount !== '' && (/MOUNT/.test(name) || !KIND.test(mount)),
  );
}
