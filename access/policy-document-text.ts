import type { BlockInstance } from '../policies/terraform-blocks';
import { isList, isObject, Unknown, type Value } from '../policies/terraform-value';

/**
 * The text that Terraform's Vault provider makes of a `vault_policy_document`: its attribute `hcl`, to the letter. What is
 * unknown in it stays unknown at its place.
 */
export function policyDocumentText(block: BlockInstance, attribute: string): Value | undefined {
  if (block.kind !== 'data' || block.type !== 'vault_policy_document' || attribute !== 'hcl')
    return undefined;
  const rules = block.values.evaluate([block.attributes.rule ?? []].flat());
  if (rules instanceof Unknown || !isList(rules)) return rules;
  // A dynamic block is made at an apply.
  if (block.attributes.dynamic || !rules.every(isObject)) return undefined;
  const parts = rules.flatMap((rule, i) => [...(i > 0 ? ['\n'] : []), ...ruleParts(rule)]);
  if (parts.every((part) => typeof part === 'string')) return parts.join('');
  return new Unknown(`\${${block.address}.hcl}`, { parts });
}

type Part = string | Unknown;
type Rule = { readonly [key: string]: Value };

function ruleParts(rule: Rule): readonly Part[] {
  const { path, description } = rule;
  return [
    ...(isGiven(description) ? ['# ', textPart(description), '\n'] : []),
    'path "',
    textPart(path),
    '" {\n  capabilities = ',
    ...listParts(rule.capabilities),
    '\n',
    ...['required_parameters', 'subscribe_event_types'].flatMap((name) =>
      isEmpty(rule[name]) ? [] : [`  ${name} = `, ...listParts(rule[name]), '\n'],
    ),
    ...['allowed_parameter', 'denied_parameter'].flatMap((name) =>
      isEmpty(rule[name]) ? [] : [`  ${name}s = {\n`, ...parameterParts(rule[name]), '  }\n'],
    ),
    ...['min_wrapping_ttl', 'max_wrapping_ttl'].flatMap((name) =>
      isGiven(rule[name]) ? [`  ${name} = "`, textPart(rule[name]), '"\n'] : [],
    ),
    '}\n',
  ];
}

function isGiven(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

function isEmpty(value: Value | undefined): boolean {
  return !isGiven(value) || (isList(value as Value) && (value as readonly Value[]).length === 0);
}

function textPart(value: Value | undefined): Part {
  return value instanceof Unknown ? value : String(value ?? '');
}

function listParts(list: Value | undefined): readonly Part[] {
  if (list instanceof Unknown) return ['["', list, '"]'];
  if (list === undefined || !isList(list) || list.length === 0) return ['[]'];
  return ['["', ...list.flatMap((one, i) => [...(i > 0 ? ['", "'] : []), textPart(one)]), '"]'];
}

/** By their names, as the provider sorts them. */
function parameterParts(parameters: Value | undefined): readonly Part[] {
  if (parameters instanceof Unknown) return ['    "', parameters, '" = []\n'];
  const list = [(parameters ?? []) as Value].flat() as readonly Value[];
  return list
    .filter(isObject)
    .map(({ key, value }) => ({ key: textPart(key), value }))
    .sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1))
    .flatMap(({ key, value }) => ['    "', key, '" = ', ...listParts(value), '\n']);
}
