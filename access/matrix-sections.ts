import { capabilityNames, has, NONE } from '../policies/capability';
import type { EnvironmentMatrix, MatrixGrant, MatrixIdentity, MatrixRow } from './matrix';
import { printable } from './printable';

/** As many identities are named one by one even where they are all who have policy `default`. */
const FEW = 3;

/** An environment's matrix in the order in which a reviewer asks, with what is the same for all said once. */
export interface MatrixSections {
  /** Declared secrets, each followed by its other paths. */
  readonly secrets: readonly MatrixRow[];
  /** Other paths of KV engines. */
  readonly kv: readonly MatrixRow[];
  /** Other paths that several identities reach, or nobody. */
  readonly shared: readonly MatrixRow[];
  /** Other paths that one identity alone reaches. */
  readonly own: readonly { readonly identity: MatrixIdentity; readonly rows: readonly MatrixRow[] }[];
  /** What every token with policy `default` may do, and nobody else. */
  readonly byDefault: readonly MatrixRow[];
  /** Those who have policy `default`. */
  readonly withDefault: readonly MatrixIdentity[];
  /** Those who reach nothing besides {@link byDefault}. */
  readonly idle: readonly MatrixIdentity[];
}

export function matrixSections({ identities, rows }: EnvironmentMatrix): MatrixSections {
  const holders = identities.flatMap(({ policies }, i) => (policies.includes('default') ? [i] : []));
  const byDefault = rows.filter((row) => row.isDefault && isHeldByAll(row.grants, holders));
  const folded = new Set(byDefault);
  const kept = rows.filter((row) => !folded.has(row));
  const others = kept.filter(({ kind }) => kind === 'other');
  const own = new Map<number, MatrixRow[]>();
  const shared: MatrixRow[] = [];
  for (const row of others) {
    const reaching = new Set(reachingOf(row));
    const [only] = reaching;
    if (reaching.size !== 1 || only === undefined) shared.push(row);
    else own.set(only, [...(own.get(only) ?? []), row]);
  }
  const active = new Set(kept.flatMap(reachingOf));
  return {
    secrets: secretsWithPaths(kept),
    kv: kept.filter(({ kind, secret }) => kind === 'kv' && secret === undefined),
    shared,
    own: [...own]
      .sort(([a], [b]) => a - b)
      .map(([i, ownRows]) => ({ identity: identities[i] as MatrixIdentity, rows: ownRows })),
    byDefault,
    withDefault: holders.map((i) => identities[i] as MatrixIdentity),
    idle: identities.filter((_, i) => !active.has(i)),
  };
}

/** Those who may do something there. */
function reachingOf({ grants }: MatrixRow): readonly number[] {
  return grants.flatMap(({ capabilities, identities }) => (capabilities === NONE ? [] : identities));
}

/** Nobody lacks it, nobody else has it, and nobody has it in another way. */
function isHeldByAll(grants: readonly MatrixGrant[], holders: readonly number[]): boolean {
  if (holders.length === 0) return grants.length === 0;
  const [grant, ...others] = grants;
  return (
    others.length === 0 &&
    grant?.identities.length === holders.length &&
    holders.every((holder, i) => grant.identities[i] === holder)
  );
}

function secretsWithPaths(rows: readonly MatrixRow[]): readonly MatrixRow[] {
  const paths = new Map<string, MatrixRow[]>();
  for (const row of rows) {
    if (row.secret !== undefined) paths.set(row.secret, [...(paths.get(row.secret) ?? []), row]);
  }
  return rows.filter(({ kind }) => kind === 'secret').flatMap((row) => [row, ...(paths.get(row.name) ?? [])]);
}

/** Most ask who can read. Of these the ones who can do least come first, which are most. */
export function readersFirst(grants: readonly MatrixGrant[]): readonly MatrixGrant[] {
  const rank = ({ capabilities }: MatrixGrant) =>
    (has(capabilities, 'read') ? 0 : 100) + capabilityNames(capabilities).length;
  return [...grants].sort((a, b) => rank(a) - rank(b));
}

/** Those of a grant, where all who have policy `default` are among many of them only as a number. */
export function holdersOf(
  { identities }: MatrixGrant,
  all: readonly MatrixIdentity[],
): { readonly hasDefault: number; readonly others: readonly MatrixIdentity[] } {
  const holders = identities.map((i) => all[i] as MatrixIdentity);
  const others = holders.filter(({ policies }) => !policies.includes('default'));
  const hasDefault = holders.length - others.length;
  const isAll = hasDefault === all.filter(({ policies }) => policies.includes('default')).length;
  return isAll && hasDefault > FEW ? { hasDefault, others } : { hasDefault: 0, others: holders };
}

/** As a person knows it; what is no role says what it is. */
export function identityTitle({ name, kind }: MatrixIdentity): string {
  return kind === 'role' ? printable(name) : `${printable(name)} (${kind})`;
}

/** Such as `create, update (wrapped 1s..)`. */
export function grantTitle({ capabilities, conditions }: MatrixGrant, separator = ', '): string {
  const names = capabilityNames(capabilities).join(separator) || 'denied';
  return conditions === '' ? names : `${names} (${printable(conditions)})`;
}
