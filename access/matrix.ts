import type { CapabilitySet } from '../policies/capability';
import type { PathPattern } from '../policies/path-pattern';
import type { EnvironmentAccess, Identity } from './environment-access';
import { MatrixGrants } from './matrix-grants';
import { matrixRows } from './matrix-rows';
import { PathIndex } from './path-index';

/** Who can do what where, environment by environment. All reports are made of this alone. */
export interface AccessMatrix {
  readonly environments: readonly EnvironmentMatrix[];
}

export interface EnvironmentMatrix {
  readonly name: string;
  /** What the server is, such as `HashiCorp Vault`. */
  readonly server: string;
  readonly identities: readonly MatrixIdentity[];
  /** Declared secrets first, then all other paths that policies name, both in the order of their names. */
  readonly rows: readonly MatrixRow[];
  /** What cannot be told before an apply, a sentence each. */
  readonly unknown: readonly string[];
}

export type MatrixIdentity = Omit<Identity, 'accessList'>;

/** A path, or all paths of a pattern that no narrower pattern names. */
export interface MatrixRow {
  readonly kind: RowKind;
  /** Of a secret as a person names it, such as `bizosaas/platform/database`; else the path as a policy names it. */
  readonly name: string;
  /** Where it was decided: the path of the API, made up where the name has wildcards. */
  readonly apiPath: string;
  /** The declared secret that the path belongs to, by its name: another path of it, such as its metadata. */
  readonly secret?: string;
  /** Named by no policy but `default`, so the same for all who have that. */
  readonly isDefault: boolean;
  /** Who may do something there: an identity that is not in any of them may do nothing. */
  readonly grants: readonly MatrixGrant[];
}

/**
 * - `secret`: one that the stacks declare
 * - `kv`: another path of a KV engine, such as a pattern or the metadata of a secret
 * - `other`: any other path of the API
 */
export type RowKind = 'secret' | 'kv' | 'other';

/** The same capabilities for several identities. One is in several grants where its listing has other conditions. */
export interface MatrixGrant {
  /** None where a rule on this very path denies. */
  readonly capabilities: CapabilitySet;
  /** What a request must look like besides, in few words; empty where any will do. */
  readonly conditions: string;
  /** By their place in the environment's identities, ascending. */
  readonly identities: readonly number[];
}

/**
 * What each identity can do on each path: on all declared secrets, and on every other path that any policy of the
 * environment names, used or not.
 *
 * Where the path has wildcards, what is said holds for a path that the pattern matches and no narrower pattern names;
 * the narrower ones have rows of their own. Where they leave no such path, what they say is said. `list` is decided at
 * the path with a final slash, as Vault does. Capabilities that Vault refuses without `sudo` are marked so.
 */
export function accessMatrix(environments: readonly EnvironmentAccess[]): AccessMatrix {
  return { environments: environments.map(environmentMatrix) };
}

function environmentMatrix(environment: EnvironmentAccess): EnvironmentMatrix {
  const { name, dialect, identities, unknown } = environment;
  const patterns = namedPatterns(environment);
  const index = new PathIndex(patterns);
  const grants = new MatrixGrants(identities, index, dialect);
  return {
    name,
    server: dialect.title,
    identities: identities.map(({ accessList: _, ...identity }) => identity),
    rows: matrixRows(environment, patterns, index).map((row) => ({ ...row, grants: grants.on(row) })),
    unknown,
  };
}

/** Of all policies, and of what identities have whose policies are not among them. */
function namedPatterns({ policies, identities }: EnvironmentAccess): readonly PathPattern[] {
  const patterns = new Map<string, PathPattern>();
  const rules = [
    ...[...policies.values()].flatMap((policy) => policy.rules),
    ...[...new Set(identities.map(({ accessList }) => accessList))].flatMap(({ rules }) => rules),
  ];
  for (const { pattern } of rules) patterns.set(pattern.text, pattern);
  return [...patterns.values()];
}
