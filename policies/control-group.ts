import type { HclEntry, HclObject } from './hcl-document';
import { countOf, durationOf, textsOf } from './policy-attributes';
import { PolicyTextError } from './policy-text-error';

/** Who must approve a request before it is answered: a feature of HashiCorp Vault Enterprise. */
interface Factor {
  readonly name: string;
  readonly groupIds: readonly string[];
  readonly groupNames: readonly string[];
  readonly approvals: number;
  readonly capabilities: readonly string[];
}

/**
 * The block `control_group` of a rule, in one spelling: two of the same text ask the same.
 *
 * @param capabilities of the rule: a factor may ask for approval of some of them only
 * @throws PolicyTextError where Vault refuses it, and on what it would pass by
 */
export function controlGroupOf(entry: HclEntry, capabilities: readonly string[]): string {
  const group = objectOf(entry);
  const known = only(group, ['ttl', 'max_ttl', 'factor']);
  const factors = known
    .filter(({ key }) => key === 'factor')
    .flatMap((factor) => named(factor))
    .map(([name, factor]) => factorOf(name, factor, capabilities))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (factors.length === 0) {
    throw new PolicyTextError(
      entry.place,
      `'${entry.key}' must have a factor, got none; add a block 'factor'`,
    );
  }
  const ttl = (wanted: string) => known.filter(({ key }) => key === wanted).map(durationOf)[0] ?? 0;
  return JSON.stringify({ ttl: ttl('ttl'), maxTtl: ttl('max_ttl'), factors });
}

/** `factor "name" { }`, or `factor = { "name" = { } }`. */
function named(entry: HclEntry): readonly (readonly [string, HclEntry])[] {
  const [label, ...others] = entry.labels;
  if (label !== undefined && others.length === 0) return [[label.text, entry]];
  if (label !== undefined)
    throw new PolicyTextError(entry.place, "'factor' must have one name, got more; leave them out");
  return objectOf(entry).entries.map((one) => [one.key, one]);
}

function factorOf(name: string, entry: HclEntry, ruleHas: readonly string[]): Factor {
  const parts = only(objectOf(entry), ['identity', 'controlled_capabilities']);
  const identity = parts.find(({ key }) => key === 'identity');
  const groups = identity ? only(objectOf(identity), ['group_ids', 'group_names', 'approvals']) : [];
  const texts = (of: readonly HclEntry[], wanted: string) =>
    of.filter(({ key }) => key === wanted).flatMap((one) => [...textsOf(one)].sort());
  const factor = {
    name,
    groupIds: texts(groups, 'group_ids'),
    groupNames: texts(groups, 'group_names'),
    approvals: groups.filter(({ key }) => key === 'approvals').map(countOf)[0] ?? 0,
    capabilities: texts(parts, 'controlled_capabilities'),
  };
  if (factor.approvals === 0 || factor.groupIds.length + factor.groupNames.length === 0) {
    throw new PolicyTextError(
      entry.place,
      `factor '${name}' must ask a group for an approval, got none; write identity { group_names = ["..."] approvals = 1 }`,
    );
  }
  const foreign = factor.capabilities.find((one) => !ruleHas.includes(one));
  if (foreign !== undefined) {
    throw new PolicyTextError(
      entry.place,
      `'controlled_capabilities' must be among the rule's capabilities, got '${foreign}'; leave it out`,
    );
  }
  return factor;
}

function objectOf({ key, place, value }: HclEntry): HclObject {
  if (value.kind === 'object') return value;
  throw new PolicyTextError(place, `'${key}' must be a block, got a value; write it as ${key} { ... }`);
}

function only({ entries }: HclObject, keys: readonly string[]): readonly HclEntry[] {
  const seen = new Set<string>();
  for (const { key, labels, place } of entries) {
    const name = [key, ...labels.map(({ text }) => text)].join(' ');
    const got = keys.includes(key) ? `'${key}' twice` : `'${key}'`;
    if (!keys.includes(key) || seen.has(name)) {
      throw new PolicyTextError(place, `here must stand ${keys.join(' or ')} once, got ${got}; take it away`);
    }
    seen.add(name);
  }
  return entries;
}
