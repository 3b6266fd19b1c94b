import { AccessList, type AclRule } from '../policies/access-list';
import type { Dialect } from '../policies/dialect';
import { type AccessChange, accessDifference, broadens, narrows } from '../policies/difference';
import { OverlapError } from '../policies/path-space';
import { isServerDefault } from './built-in-policies';
import type { DeclaredSecret, EnvironmentAccess, Identity, KvMount } from './environment-access';
import { newGaps } from './new-gaps';
import { isNowhere } from './nowhere';
import { SecretPaths } from './secret-paths';

/** What a change of declarations means for who can reach what. Nothing where it means the same as before. */
export interface AccessDiff {
  /** Those that differ, in the order of their names. */
  readonly environments: readonly EnvironmentDiff[];
}

export interface EnvironmentDiff {
  readonly name: string;
  readonly presence: Presence;
  /** Those that differ, in the order of their names. */
  readonly identities: readonly IdentityDiff[];
  /** What can be told on neither or only one side, so that more may change than is said. */
  readonly unknown: readonly string[];
  /** Of those the ones that may give access and were not there before: whether they do, an apply alone can tell. */
  readonly mayGrant: readonly string[];
}

export interface IdentityDiff {
  readonly name: string;
  readonly fullName: string;
  readonly kind: Identity['kind'];
  readonly presence: Presence;
  readonly changes: readonly ReachChange[];
}

/** On which side something is. */
export type Presence = 'new' | 'removed' | 'changed';

/**
 * A change on the paths where one rule decided before and one decides after, listings included, and the declared secrets
 * among them.
 */
export interface ReachChange extends AccessChange {
  readonly isBroadening: boolean;
  readonly isNarrowing: boolean;
  /** Paths that show it: one for listings where those change too, with its final `/`. */
  readonly witnesses: readonly string[];
  /** Declared on either side, by their names such as `bizosaas/platform/database`. */
  readonly secrets: readonly string[];
  /** Whether it is one path of a KV engine of version 2 at which nothing can be, such as one that lacks `data/`. */
  readonly isNowhere: boolean;
  /** Whether the one rule there is, of the two, is of the policy `default` that the server brings. */
  readonly isByDefault: boolean;
}

type JoinedChange = Omit<ReachChange, 'secrets' | 'isNowhere' | 'isByDefault'>;

/**
 * Compares all environments, identity by identity. An identity is the same where its kind and full name are; of several of
 * the same name on one side, those that are declared at the same address.
 */
export function accessDiff(
  before: readonly EnvironmentAccess[],
  after: readonly EnvironmentAccess[],
): AccessDiff {
  const environments = paired(before, after, ({ name }) => name).flatMap(([from, to]) => {
    const diff = environmentDiff(from, to);
    // Where something else is unknown than before, nobody can say that all stays the same.
    const isSame =
      diff.presence === 'changed' &&
      diff.identities.length === 0 &&
      diff.mayGrant.length === 0 &&
      knowsTheSame(from, to);
    return isSame ? [] : diff;
  });
  return { environments: environments.sort(byName) };
}

/**
 * Whether anybody can do what nobody of that name could before, new identities included. Also where that cannot be ruled
 * out, since something that may give access is not known and was not there before.
 */
export function hasBroadening({ environments }: AccessDiff): boolean {
  return environments.some(
    ({ identities, mayGrant }) =>
      mayGrant.length > 0 ||
      identities.some(({ changes }) => changes.some(({ isBroadening }) => isBroadening)),
  );
}

function knowsTheSame(before?: EnvironmentAccess, after?: EnvironmentAccess): boolean {
  const [from, to] = [new Set(before?.unknown), new Set(after?.unknown)];
  return from.size === to.size && [...from].every((one) => to.has(one));
}

function environmentDiff(
  before: EnvironmentAccess | undefined,
  after: EnvironmentAccess | undefined,
): EnvironmentDiff {
  const secrets = secretPaths([...(before?.secrets ?? []), ...(after?.secrets ?? [])]);
  const mounts = [...(before?.kvMounts ?? []), ...(after?.kvMounts ?? [])];
  const identities = paired(before?.identities ?? [], after?.identities ?? [], identityKey(before, after))
    .map(([from, to]) => identityDiff(from, to, secrets, mounts))
    .filter(({ presence, changes }) => presence !== 'changed' || changes.length > 0);
  return {
    name: nameOf(before, after),
    presence: presenceOf(before, after),
    identities: identities.sort(byName),
    unknown: [...new Set([...(before?.unknown ?? []), ...(after?.unknown ?? []), ...newGaps(before, after)])],
    mayGrant: newGaps(before, after),
  };
}

function identityKey(before?: EnvironmentAccess, after?: EnvironmentAccess): (one: Identity) => string {
  const keyOf = ({ kind, fullName }: Identity) => `${kind} ${fullName}`;
  const ambiguous = new Set<string>();
  for (const side of [before, after]) {
    const seen = new Set<string>();
    for (const key of (side?.identities ?? []).map(keyOf)) {
      if (seen.has(key)) ambiguous.add(key);
      seen.add(key);
    }
  }
  return (one) => (ambiguous.has(keyOf(one)) ? `${keyOf(one)} ${one.address}` : keyOf(one));
}

function identityDiff(
  before: Identity | undefined,
  after: Identity | undefined,
  secrets: SecretPaths,
  mounts: readonly KvMount[],
): IdentityDiff {
  const { fullName, kind } = (after ?? before) as Identity;
  const from = before?.accessList ?? AccessList.nothing((after as Identity).accessList.dialect);
  const to = after?.accessList ?? AccessList.nothing(from.dialect);
  const changes = from === to ? [] : joined(differenceOf(fullName, from, to));
  return {
    name: nameOf(before, after),
    fullName,
    kind,
    presence: presenceOf(before, after),
    changes: changes.map((change) => ({
      ...change,
      secrets: secretsOf(change, secrets, from, to),
      isNowhere: isNowhere(change, mounts),
      isByDefault: isByDefault(change, to.dialect),
    })),
  };
}

/** Names of secrets that the same rule decides about before, and the same after, as about the paths of a change. */
function secretsOf(
  { before, after }: AccessChange,
  secrets: SecretPaths,
  from: AccessList,
  to: AccessList,
): readonly string[] {
  const either = after ?? before;
  if (!either) return [];
  const key = rulesKey(before, after);
  return secrets
    .matching(either.pattern)
    .filter(({ path }) => rulesKey(from.deciding(path, 'read'), to.deciding(path, 'read')) === key)
    .map(({ name }) => name);
}

/** Two rules by their paths, which may have any character in them. */
function rulesKey(before: AclRule | undefined, after: AclRule | undefined): string {
  return JSON.stringify([before?.pattern.text, after?.pattern.text]);
}

function isByDefault({ before, after }: AccessChange, dialect: Dialect): boolean {
  const rules = [before, after].filter((rule) => rule !== undefined);
  return rules.length === 1 && rules.every((rule) => isServerDefault(rule, dialect));
}

function differenceOf(name: string, from: AccessList, to: AccessList): readonly AccessChange[] {
  try {
    return accessDifference(from, to);
  } catch (error) {
    throw error instanceof OverlapError ? new OverlapError(`policies of '${name}': ${error.message}`) : error;
  }
}

/** Changes of the same two rules as one: a listing is decided about apart from everything else. */
function joined(changes: readonly AccessChange[]): readonly JoinedChange[] {
  const found = new Map<string, JoinedChange>();
  for (const change of changes) {
    const key = rulesKey(change.before, change.after);
    const known = found.get(key);
    const [isBroadening, isNarrowing] = [broadens(change), narrows(change)];
    if (!known) {
      found.set(key, { ...change, isBroadening, isNarrowing, witnesses: [change.witness] });
      continue;
    }
    found.set(key, {
      ...known,
      gained: [...known.gained, ...change.gained],
      lost: [...known.lost, ...change.lost],
      conditions: known.conditions === 'same' ? change.conditions : known.conditions,
      isBroadening: known.isBroadening || isBroadening,
      isNarrowing: known.isNarrowing || isNarrowing,
      witnesses: [...known.witnesses, change.witness],
    });
  }
  return [...found.values()];
}

/** By the path at which their values are read; of two at the same one the last. */
function secretPaths(secrets: readonly DeclaredSecret[]): SecretPaths {
  const names = new Map(secrets.map(({ apiPath, mount, path }) => [apiPath, `${mount.path}/${path}`]));
  return new SecretPaths([...names].map(([path, name]) => ({ path, name })));
}

/** In the order of their keys in `before`, then what is only in `after`. The second of the same key counts by itself. */
function paired<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (one: T) => string,
): [before: T | undefined, after: T | undefined][] {
  const [from, to] = [keyed(before, keyOf), keyed(after, keyOf)];
  return [...new Set([...from.keys(), ...to.keys()])].map((key) => [from.get(key), to.get(key)]);
}

function keyed<T>(values: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const one of values) {
    let key = keyOf(one);
    while (found.has(key)) key += ' again';
    found.set(key, one);
  }
  return found;
}

function presenceOf(before: unknown, after: unknown): Presence {
  if (before === undefined) return 'new';
  return after === undefined ? 'removed' : 'changed';
}

function nameOf(
  before: { readonly name: string } | undefined,
  after: { readonly name: string } | undefined,
): string {
  return (after ?? before)?.name ?? '';
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
