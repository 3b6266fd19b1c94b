import { type BlockInstance, blocksOf } from '../policies/terraform-blocks';
import type { Attributes } from '../policies/terraform-json';
import { markedText, Unknown } from '../policies/terraform-value';
import { Declarations } from './declarations';
import type { LinkedStack } from './linked-stacks';
import { Notes, shownExpression } from './notes';

/** What stacks declare for one server, or for one of its namespaces, which is as good as a server of its own. */
export interface Server {
  /** What tells it from the others of the same stacks; empty for the one without a namespace. */
  readonly suffix: string;
  readonly declarations: Declarations;
}

interface Part {
  readonly byType: Map<string, BlockInstance[]>;
  readonly notes: Notes;
}

/** Parts what stacks declare by the server that it is for. */
export function serversOf(stacks: readonly LinkedStack[]): readonly Server[] {
  const parts = new Map<string, Part>();
  for (const stack of stacks) {
    const providers = providersOf(stack);
    const partOf = (attributes: Attributes) => part(parts, suffixOf(stack, providers, attributes));
    for (const [type, blocks] of Object.entries(blocksOf(stack.json.resource) ?? {})) {
      if (!type.startsWith('vault_')) continue;
      for (const [label, attributes] of Object.entries(blocksOf(blocks) ?? {})) {
        const instances = stack.values.instances('resource', type, label);
        if (instances instanceof Unknown) {
          const address = stack.addresses?.get(`${type}.${label}`) ?? `${type}.${label}`;
          partOf(attributes as Attributes).notes.add(
            `whether there is ${address}, and how many, is known at an apply only: ${shownExpression(instances.written)}; it is left out`,
            'everybody',
          );
        } else {
          for (const block of instances) insert(partOf(block.attributes), block);
        }
      }
    }
  }
  for (const stack of stacks) {
    for (const name of Object.keys(blocksOf(stack.json.module) ?? {})) {
      const said = `what module.${name} of ${stack.name} declares is not read; it may give access too`;
      for (const { notes } of parts.values()) notes.add(said, 'everybody');
    }
  }
  return [...parts].map(([suffix, { byType, notes }]) => ({
    suffix,
    declarations: new Declarations(byType, notes),
  }));
}

function part(parts: Map<string, Part>, suffix: string): Part {
  const known = parts.get(suffix) ?? { byType: new Map<string, BlockInstance[]>(), notes: new Notes() };
  parts.set(suffix, known);
  return known;
}

function insert({ byType }: Part, block: BlockInstance): void {
  const list = byType.get(block.type);
  if (list) list.push(block);
  else byType.set(block.type, [block]);
}

/** By their names in a stack: `vault`, or `vault.<alias>`. */
type Providers = ReadonlyMap<string, { readonly address: string; readonly namespace: string }>;

function providersOf(stack: LinkedStack): Providers {
  const written = stack.json.provider?.vault ?? [];
  const list = (Array.isArray(written) ? written : [written]) as readonly Attributes[];
  const providers = list.map(({ alias, address, namespace }) => ({
    name: alias === undefined ? 'vault' : `vault.${alias}`,
    address: text(stack, address),
    namespace: text(stack, namespace),
  }));
  // One server may have several addresses in several stacks, but not in one.
  const isOne = new Set(providers.map(({ address }) => address)).size <= 1;
  return new Map(
    providers.map(({ name, address, namespace }) => [name, { address: isOne ? '' : address, namespace }]),
  );
}

function suffixOf(stack: LinkedStack, providers: Providers, attributes: Attributes): string {
  const { address = '', namespace = '' } = providers.get(String(attributes.provider ?? 'vault')) ?? {};
  const namespaces = [namespace, text(stack, attributes.namespace)].join('/').split('/').filter(Boolean);
  // Not by slashes, which part an environment from an identity.
  return [namespaces.join('.'), address.replace(/^https?:\/\//, '')].filter(Boolean).join('@');
}

function text(stack: LinkedStack, written: unknown): string {
  return written === undefined || written === null ? '' : (markedText(stack.values.evaluate(written)) ?? '');
}
