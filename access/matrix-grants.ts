import type { AccessList, AclRule } from '../policies/access-list';
import { type CapabilitySet, capabilitySet, has, LISTING, NONE } from '../policies/capability';
import type { Dialect } from '../policies/dialect';
import type { PathPattern } from '../policies/path-pattern';
import { isRootProtected } from '../policies/root-protected';
import { conditionMark } from './condition-mark';
import type { Identity } from './environment-access';
import type { MatrixGrant, MatrixRow } from './matrix';
import type { PathIndex } from './path-index';

type Path = Pick<MatrixRow, 'apiPath' | 'name'>;

/** The patterns that match a path: as it is, with and without its final slash. */
interface Matched {
  readonly path: readonly PathPattern[];
  readonly slashed: readonly PathPattern[];
  readonly bare: readonly PathPattern[];
}

/** What one rule gives on a path. */
interface Part {
  capabilities: CapabilitySet;
  readonly rule: AclRule;
}

const LISTINGS = (['list', 'scan'] as const).map((operation) => ({
  operation,
  capability: capabilitySet([operation]),
}));

/**
 * Decides cells of a matrix. Only the few access lists are asked that have a rule on a pattern that matches, and those
 * that are the same object only once: most cells of a large matrix are empty.
 */
export class MatrixGrants {
  /** Places of the identities, by what they have. */
  private readonly identities = new Map<AccessList, number[]>();
  private readonly holders = new Map<string, AccessList[]>();
  private readonly listings: typeof LISTINGS;
  private readonly marks = new Map<AclRule, string>();

  /** @param index of all patterns that the identities' rules have */
  public constructor(
    identities: readonly Pick<Identity, 'accessList'>[],
    private readonly index: PathIndex,
    dialect: Dialect,
  ) {
    for (const [i, { accessList }] of identities.entries()) append(this.identities, accessList, i);
    for (const list of this.identities.keys()) {
      for (const { pattern } of list.rules) append(this.holders, pattern.text, list);
    }
    this.listings = LISTINGS.filter(({ operation }) => dialect.capabilities.includes(operation));
  }

  /** Who may do what on a path. */
  public on(row: Path): readonly MatrixGrant[] {
    const { apiPath } = row;
    const isProtected = isRootProtected(apiPath);
    const bare = apiPath.endsWith('/') ? apiPath.slice(0, -1) : apiPath;
    const matched: Matched = {
      path: this.index.matching(apiPath),
      slashed: this.index.matching(`${bare}/`),
      bare: this.index.matching(bare),
    };
    const grants = new Map<string, MatrixGrant & { readonly identities: number[] }>();
    for (const list of this.candidates(matched)) {
      for (const { capabilities, rule } of this.cell(list, matched, row)) {
        const conditions = this.conditions(capabilities, rule, isProtected);
        const key = `${capabilities} ${conditions}`;
        const grant = grants.get(key) ?? { capabilities, conditions, identities: [] };
        grants.set(key, grant);
        for (const identity of this.identities.get(list) ?? []) grant.identities.push(identity);
      }
    }
    const found = [...grants.values()];
    for (const { identities } of found) identities.sort((a, b) => a - b);
    return found.sort((a, b) => (a.identities[0] as number) - (b.identities[0] as number));
  }

  private candidates({ path, slashed, bare }: Matched): Iterable<AccessList> {
    const found = new Set<AccessList>();
    for (const pattern of new Set([...path, ...slashed, ...bare])) {
      for (const list of this.holders.get(pattern.text) ?? []) found.add(list);
    }
    return found;
  }

  /** One cell, in parts where a listing is decided by another rule with other conditions. */
  private cell(list: AccessList, matched: Matched, row: Path): readonly Part[] {
    const rule = list.decidingOf(matched.path);
    const parts: Part[] = [];
    this.add(parts, rule, ~LISTING);
    for (const { operation, capability } of this.listings) {
      const { slashed, bare } = matched;
      this.add(parts, list.decidingOf(slashed, { operation, bare }), capability);
    }
    const isDenied = rule?.denies && (rule.pattern.text === row.name || rule.pattern.text === row.apiPath);
    return isDenied && parts.length === 0 ? [{ capabilities: NONE, rule }] : parts;
  }

  private add(parts: Part[], rule: AclRule | undefined, scope: CapabilitySet): void {
    const capabilities = rule ? rule.capabilities & scope : NONE;
    if (!rule || capabilities === NONE) return;
    const same = parts.find((part) => part.rule === rule || this.mark(part.rule) === this.mark(rule));
    if (same) same.capabilities |= capabilities;
    else parts.push({ capabilities, rule });
  }

  private conditions(capabilities: CapabilitySet, rule: AclRule, isProtected: boolean): string {
    const lacksSudo = isProtected && capabilities !== NONE && !has(rule.capabilities, 'sudo');
    const mark = this.mark(rule);
    return lacksSudo ? ['refused without sudo', mark].filter((one) => one).join(', ') : mark;
  }

  private mark(rule: AclRule): string {
    let mark = this.marks.get(rule);
    if (mark === undefined) {
      mark = conditionMark(rule.conditions);
      this.marks.set(rule, mark);
    }
    return mark;
  }
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
