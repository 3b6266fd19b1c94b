import type { StackSource } from '../../access/stack-source';
import { SynthError } from '../../access/synth-error';
import { blockAddress, blocksOf, merged } from '../../policies/terraform-blocks';
import type { Attributes } from '../../policies/terraform-json';
import type { Json, ResourceConfiguration } from './plan';
import type { StackPlan } from './plan-sources';

/**
 * Refuses a plan of an older declaration, or of another project with a stack of this name: it would be taken for this
 * one's, and what it does would be judged by what is declared here.
 *
 * @throws SynthError on a plan of something else than the stack
 */
export function requireSameDeclaration(source: StackSource, { plan, stack, file = stack }: StackPlan): void {
  const written = (plan.configuration?.root_module?.resources ?? []).filter(({ mode }) => mode === 'managed');
  const planned = new Map(written.map((one) => [one.address, one]));
  const declared = declaredIn(source);
  const got = differenceOf(declared, planned);
  if (got === undefined) return;
  throw new SynthError(
    `${file}: must be a plan of what '${stack}' declares now, got ${got}; plan it again, or name the synth that it is of by --head`,
  );
}

function declaredIn({ json }: StackSource): ReadonlyMap<string, Attributes> {
  const found = Object.entries(blocksOf(json.resource) ?? {}).flatMap(([type, blocks]) =>
    Object.entries(blocksOf(blocks) ?? {}).map(
      ([label, one]) => [blockAddress('resource', type, label), merged(one)] as const,
    ),
  );
  return new Map(found);
}

/** In words, and without a value: it may be a secret. */
function differenceOf(
  declared: ReadonlyMap<string, Attributes>,
  planned: ReadonlyMap<string, ResourceConfiguration>,
): string | undefined {
  const lacking = [...declared.keys()].find((one) => !planned.has(one));
  if (lacking !== undefined) return `one without '${lacking}'`;
  const strange = [...planned.keys()].find((one) => !declared.has(one));
  if (strange !== undefined) return `one with '${strange}'`;
  for (const [address, { type, expressions = {} }] of planned) {
    // Of containers and files a path may hang on where it was synthesized.
    if (!type.startsWith('vault_')) continue;
    const name = differing(declared.get(address) ?? {}, expressions);
    if (name !== undefined) return `one with another '${name}' of '${address}'`;
  }
  return undefined;
}

/** An attribute that both write out, and differently. */
function differing(
  declared: Attributes,
  expressions: NonNullable<ResourceConfiguration['expressions']>,
): string | undefined {
  return Object.entries(expressions).find(([name, expression]) => {
    const [one, other] = [declared[name], constantOf(expression)];
    return isPlain(one) && isPlain(other) && JSON.stringify(one) !== JSON.stringify(other);
  })?.[0];
}

function constantOf(expression: Json): unknown {
  return (expression as { readonly constant_value?: Json } | null)?.constant_value;
}

/** A text, or a list of texts, in which nothing is evaluated. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string' && isPlain(one));
  return typeof value === 'string' && !/[$%]\{/.test(value);
}
