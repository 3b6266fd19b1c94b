import type { Dialect } from '../policies/dialect';
import { PathPattern } from '../policies/path-pattern';
import type { Policy, PolicyRule } from '../policies/policy';
import type { BlockInstance } from '../policies/terraform-blocks';
import { MARK, Unknown, type Value } from '../policies/terraform-value';
import { mountPath } from './auth-mounts';
import type { Alias, Entity, Group } from './identity-store';

/** Whom a policy's templates are about. */
export interface Subject {
  /** Nothing where a token has none: rules with templates are passed by. */
  readonly entity?: Pick<Entity, 'name' | 'metadata' | 'aliases'>;
  readonly groups: readonly Group[];
  /** Whether that is all: of an entity that is not declared, the server alone knows the rest. */
  readonly isDeclared: boolean;
}

/** A policy for one subject, and the rules of which the path stays as it is written. */
export interface ResolvedPolicy {
  readonly policy: Policy;
  readonly unresolved: readonly PolicyRule[];
}

/** Blocks whose attribute a path holds, by what stands for it there. */
export type BlocksByMark = ReadonlyMap<string, BlockInstance>;

const TEMPLATE = /\{\{(.*?)\}\}/g;

export function isTemplated({ rules }: Policy): boolean {
  return rules.some(({ pattern }) => pattern.text.includes('{{'));
}

/** Puts in what is known of a subject, as Vault does: a rule that cannot be resolved is passed by. */
export function resolvedPolicy(
  policy: Policy,
  subject: Subject,
  dialect: Dialect,
  blocks: BlocksByMark,
): ResolvedPolicy {
  if (!isTemplated(policy)) return { policy, unresolved: [] };
  const unresolved: PolicyRule[] = [];
  const rules = policy.rules.flatMap((rule) => {
    const path = resolvedPath(rule.pattern.text, subject, dialect, blocks);
    if (path === undefined) return [];
    if (path === rule.pattern.text) {
      if (path.includes('{{')) unresolved.push(rule);
      return rule;
    }
    if (path.includes('{{')) unresolved.push(rule);
    return path.includes('+*') ? [] : { ...rule, pattern: PathPattern.of(path) };
  });
  return { policy: { ...policy, rules }, unresolved };
}

/** @returns nothing where Vault cannot resolve it; a template that is not known stays */
function resolvedPath(
  path: string,
  subject: Subject,
  dialect: Dialect,
  blocks: BlocksByMark,
): string | undefined {
  let isPassedBy = false;
  const resolved = path.replace(TEMPLATE, (template, inside: string) => {
    const value = templateValue(inside.trim(), subject, blocks);
    if (value instanceof Unknown) return template;
    if (value === undefined || value === '' || isRefused(value, dialect)) isPassedBy = true;
    return value ?? '';
  });
  return isPassedBy ? undefined : resolved;
}

/** A value must not become a pattern, or another path. */
function isRefused(value: string, dialect: Dialect): boolean {
  if (dialect.name === 'openbao-2.5') return false;
  return dialect.name === 'openbao' ? /[+*/]/.test(value) : /[+*]/.test(value);
}

const NOT_KNOWN = new Unknown('');

/** @returns nothing where Vault has no such value */
function templateValue(
  template: string,
  { entity, groups, isDeclared }: Subject,
  blocks: BlocksByMark,
): string | Unknown | undefined {
  if (template.startsWith('time.')) return NOT_KNOWN;
  if (!entity) return undefined;
  const [, of, rest] = /^identity\.(entity|groups)\.(.*)$/.exec(template) ?? [];
  if (of === undefined || rest === undefined) return undefined;
  if (of === 'groups') return groupValue(rest, groups, isDeclared);
  if (rest === 'id') return NOT_KNOWN;
  if (rest === 'name') return entity.name ?? NOT_KNOWN;
  if (rest.startsWith('metadata.')) {
    return isDeclared ? asText(entity.metadata.get(rest.slice('metadata.'.length))) : NOT_KNOWN;
  }
  return rest.startsWith('aliases.')
    ? aliasValue(rest.slice('aliases.'.length), entity.aliases, blocks)
    : undefined;
}

function groupValue(
  selector: string,
  groups: readonly Group[],
  isDeclared: boolean,
): string | Unknown | undefined {
  const [, by, name, attribute] = /^(ids|names)\.([^.]*)\.(.*)$/.exec(selector) ?? [];
  if (by === undefined || attribute === undefined) return undefined;
  if (by === 'ids') return groups.length > 0 || !isDeclared ? NOT_KNOWN : undefined;
  const group = groups.find((one) => one.name === name);
  if (!group) return isDeclared ? undefined : NOT_KNOWN;
  if (attribute === 'id') return NOT_KNOWN;
  if (attribute === 'name') return group.name;
  return attribute.startsWith('metadata.')
    ? asText(group.metadata.get(attribute.slice('metadata.'.length)))
    : undefined;
}

/** @param selector an accessor, which Vault makes up, so a reference to its method stands for it */
function aliasValue(
  selector: string,
  aliases: readonly Alias[],
  blocks: BlocksByMark,
): string | Unknown | undefined {
  const [mark] = selector.match(MARK) ?? [];
  const block = mark === undefined ? undefined : blocks.get(mark);
  if (mark === undefined || !block || !selector.startsWith(`${mark}.`)) return NOT_KNOWN;
  const path = block.values.attribute(block, 'path');
  if (typeof path !== 'string') return NOT_KNOWN;
  const alias = aliases.find((one) => one.mount === mountPath(path));
  if (!alias) return aliases.some((one) => one.mount === undefined) ? NOT_KNOWN : undefined;
  return selector === `${mark}.name` ? asText(alias.name) : NOT_KNOWN;
}

function asText(value: Value | undefined): string | Unknown | undefined {
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
  return value instanceof Unknown ? NOT_KNOWN : String(value);
}
