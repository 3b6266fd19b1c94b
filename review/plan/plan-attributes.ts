import type { Attributes } from '../../policies/terraform-json';
import type { Json } from './plan';
import type { PlanInstance } from './plan-instances';
import { type PlanReferences, referencesOf, type Target } from './plan-references';
import { isCleared, withoutSecrets } from './plan-secrets';
import { isIdentifier, type PlanTexts } from './plan-texts';

/** Attributes that name another resource, whatever else there may be in an expression. */
interface Naming {
  readonly type: RegExp;
  readonly attribute: RegExp;
  readonly isList?: true;
  /** Of what they name, and by which of its attributes; the first one where the reference does not say. */
  readonly target: RegExp;
  readonly by: readonly string[];
}

const STORED = /^vault_identity_(entity|group)$/;
const NAMING: readonly Naming[] = [
  { type: /^vault_identity_/, attribute: /^(canonical|entity|group)_id$/, target: STORED, by: ['id'] },
  {
    type: /^vault_identity_/,
    attribute: /^member_(entity|group)_ids$/,
    isList: true,
    target: STORED,
    by: ['id'],
  },
  {
    type: /^vault_identity_/,
    attribute: /^mount_accessor$/,
    target: /^vault_.*auth_backend$/,
    by: ['accessor'],
  },
  {
    type: /^vault_identity_entity_alias$/,
    attribute: /^name$/,
    target: /^vault_approle_auth_backend_role$/,
    by: ['role_id'],
  },
  {
    type: /^vault_/,
    attribute: /^(backend|mount)$/,
    target: /^vault_(.*auth_backend|mount)$/,
    by: ['path', 'id'],
  },
  { type: /^docker_container$/, attribute: /^image$/, target: /^docker_image$/, by: ['image_id'] },
];

/** What is looked up to write an instance as a block. */
export interface AttributeSources {
  readonly texts: PlanTexts;
  readonly references: PlanReferences;
  readonly nameOf: (instance: PlanInstance) => string;
}

/**
 * An instance as it would be written out: what is known as it is, and what an apply alone can tell as an expression that
 * nobody can evaluate. What only the provider fills in is left out where it says nothing.
 *
 * @param other the same one on the other side of the change
 */
export function attributesOf(
  instance: PlanInstance,
  other: PlanInstance | undefined,
  sources: AttributeSources,
): Attributes {
  const { values, unknown, sensitive, configuration } = instance;
  const open = withoutSecrets(instance);
  const names = new Set([...Object.keys(values), ...Object.keys(children(unknown))]);
  const found = [...names].map((name): readonly [string, unknown] => {
    const expression = configuration?.expressions?.[name];
    if (isIdentifier(instance, name) || isFilledIn(instance, other, name)) return [name, undefined];
    if (part(unknown, name) === true) return [name, unknownValue(instance, name, expression, sources)];
    if (!Object.hasOwn(open, name)) return [name, expression && hidden(expression)];
    return [
      name,
      written(open[name], {
        expression,
        unknown: part(unknown, name),
        sensitive: isCleared(instance, name) ? false : part(sensitive, name),
        texts: sources.texts,
      }),
    ];
  });
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

/**
 * Whether nobody has written an attribute. Vault's count nevertheless, since they are what the server goes by; a
 * container has from its image what would have another meaning were it written.
 */
function isFilledIn(
  { type, kind, values, unknown, configuration }: PlanInstance,
  other: PlanInstance | undefined,
  name: string,
): boolean {
  const { expressions = {} } = configuration ?? other?.configuration ?? {};
  if (Object.hasOwn(expressions, name)) return false;
  const { [name]: value = null } = values;
  if (part(unknown, name) === true || isEmpty(value)) return true;
  if (type.startsWith('vault_') || kind === 'data' || !configuration) return false;
  return other !== undefined && JSON.stringify(other.values[name]) === JSON.stringify(value);
}

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function unknownValue(
  instance: PlanInstance,
  name: string,
  expression: Json | undefined,
  { references, nameOf }: AttributeSources,
): unknown {
  const naming = NAMING.find(({ type, attribute }) => type.test(instance.type) && attribute.test(name));
  const targets = naming && (references.targets(expression, instance) ?? []);
  const named = targets?.map((one) => nameOfTarget(one, naming as Naming, nameOf)) ?? [];
  if (naming && named.length > 0 && !named.includes(undefined)) {
    if (naming.isList) return named;
    if (named.length === 1) return named[0];
  }
  return unreadable('known_after_apply', expression);
}

function nameOfTarget(
  { instance, attribute }: Target,
  { target, by }: Naming,
  nameOf: AttributeSources['nameOf'],
): string | undefined {
  const { 0: first } = by;
  const name = attribute ?? first;
  if (!target.test(instance.type) || name === undefined || !by.includes(name)) return undefined;
  return `\${${nameOf(instance)}.${name}}`;
}

interface Around {
  readonly expression: Json | undefined;
  readonly unknown: Json;
  readonly sensitive: Json;
  readonly texts: PlanTexts;
}

function written(value: Json | undefined, around: Around): unknown {
  const { expression, unknown, sensitive, texts } = around;
  if (unknown === true) return unreadable('known_after_apply', expression);
  if (sensitive === true) return hidden(expression);
  const inner = (name: string | number, one: Json | undefined) =>
    written(one, {
      texts,
      expression: innerExpression(expression, name),
      unknown: part(unknown, name),
      sensitive: part(sensitive, name),
    });
  if (Array.isArray(value)) {
    const length = Math.max(value.length, Array.isArray(unknown) ? unknown.length : 0);
    return Array.from({ length }, (_, i) => inner(i, value[i]));
  }
  if (typeof value === 'object' && value !== null) {
    const names = [...new Set([...Object.keys(value), ...Object.keys(children(unknown))])];
    const of = (name: string) => (value as Readonly<Record<string, Json>>)[name] ?? null;
    const isSaid = (name: string) =>
      isArgument(expression) || Object.hasOwn(children(expression), name) || part(unknown, name) === true;
    return Object.fromEntries(
      names
        .filter((name) => isSaid(name) || !isEmpty(of(name)))
        .map((name) => [texts.written(name), inner(name, of(name))]),
    );
  }
  return typeof value === 'string' ? texts.written(value) : value;
}

function hidden(expression: Json | undefined): string {
  return unreadable('sensitive_value', expression);
}

/** An expression of which the value is not known, and that names what it is made of. */
function unreadable(name: string, expression: Json | undefined): string {
  return `\${${name}(${referencesOf(expression).join(', ')})}`;
}

/** Of an argument it is the same one; of nested blocks there is one for each. */
function innerExpression(expression: Json | undefined, name: string | number): Json | undefined {
  return isArgument(expression) ? expression : part(expression, name);
}

function isArgument(expression: Json | undefined): boolean {
  const of = children(expression);
  return 'references' in of || 'constant_value' in of;
}

function children(of: Json | undefined): Readonly<Record<string, Json>> {
  return typeof of === 'object' && of !== null ? (of as Readonly<Record<string, Json>>) : {};
}

function part(of: Json | undefined, name: string | number): Json {
  const all = children(of);
  return Object.hasOwn(all, name) ? (all[name] as Json) : false;
}
