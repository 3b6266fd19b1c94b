import type { PathPattern } from '../policies/path-pattern';
import type { DeclaredSecret, EnvironmentAccess, KvMount } from './environment-access';
import type { MatrixRow } from './matrix';
import type { PathIndex } from './path-index';
import { Witnesses } from './witness';

/** Of a KV engine of version 2, where something else is done with a secret than reading and writing its values. */
const SUBPATH = /^(?:metadata|delete|undelete|destroy|subkeys)\/(.*)$/s;

/**
 * The paths of an environment's matrix: its declared secrets, then every other path that policies name.
 *
 * @param patterns all that are named, each once
 * @param index of the same
 */
export function matrixRows(
  environment: EnvironmentAccess,
  patterns: readonly PathPattern[],
  index: PathIndex,
): readonly Omit<MatrixRow, 'grants'>[] {
  const { secrets, kvMounts } = environment;
  const names = new Map(secrets.map((secret) => [secret.apiPath, secretName(secret)]));
  const witnesses = new Witnesses(patterns, index);
  const ofDefault = namedByDefaultAlone(environment);
  const declared = [...names].map(([apiPath, name]) => ({
    kind: 'secret' as const,
    name,
    apiPath,
    isDefault: false,
  }));
  const others = patterns
    .filter(({ kind, text }) => kind !== 'exact' || !names.has(text))
    .map((pattern) => {
      const mount = kvMounts.find(({ path }) => pattern.text.startsWith(`${path}/`));
      const secret =
        mount && pattern.kind === 'exact' ? names.get(valuesPath(pattern.text, mount)) : undefined;
      return {
        kind: mount ? ('kv' as const) : ('other' as const),
        name: pattern.text,
        apiPath: witnesses.of(pattern),
        ...(secret !== undefined && { secret }),
        isDefault: ofDefault(pattern),
      };
    });
  return [...sorted(declared), ...sorted(others)];
}

function secretName({ mount, path }: DeclaredSecret): string {
  return `${mount.path}/${path}`;
}

/** Where the values are of a secret of which this is another path. */
function valuesPath(path: string, { path: mount, version }: KvMount): string {
  const subpath = version === 2 && SUBPATH.exec(path.slice(mount.length + 1))?.[1];
  return subpath ? `${mount}/data/${subpath}` : '';
}

function namedByDefaultAlone({ policies }: EnvironmentAccess): (pattern: PathPattern) => boolean {
  const ofDefault = new Set(policies.get('default')?.rules.map(({ pattern }) => pattern.text));
  for (const { name, rules } of policies.values()) {
    if (name !== 'default') for (const { pattern } of rules) ofDefault.delete(pattern.text);
  }
  return ({ text }) => ofDefault.has(text);
}

/** KV engines first. */
function sorted<T extends Pick<MatrixRow, 'kind' | 'name'>>(rows: readonly T[]): readonly T[] {
  return [...rows].sort((a, b) => order(a.kind, b.kind) || order(a.name, b.name));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
