/** Names that applications give to the variable with a KV engine's path. */
const MOUNT =
  /^(?:(?:VAULT|BAO|OPENBAO)_(?:KV2?_|SECRETS?_)?|KV2?_|SECRETS?_)(?:MOUNT|ENGINE|BACKEND)(?:_PATH|_POINT|_NAME)?$/;

/** Variables that name the KV engine in which a container finds its secrets. */
export function mountVariablesOf(
  variables: ReadonlyMap<string, string>,
): readonly (readonly [name: string, mount: string])[] {
  return [...variables].filter(([name, mount]) => MOUNT.test(name) && mount !== '');
}
