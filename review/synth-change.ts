import type { StackSource } from '../access/stack-source';
import { blocksOf, merged } from '../policies/terraform-blocks';
import type { TerraformJson } from '../policies/terraform-json';
import { KnownSecrets } from './masking/known-secrets';
import { maskedWord } from './masking/masked-text';
import { Masking, SENSITIVE } from './masking/masking';
import type { Action, ResourceChange } from './resource-change';
import { constructPathOf } from './reviewed-environment';
import { mayNameASecret } from './secret-names';
import { synthAttributeChanges } from './synth-attribute-changes';

/** What changed between two synths. */
export interface SynthChange {
  /** Resources, by stack and address. */
  readonly resources: readonly ResourceChange[];
  /** Whatever else is declared differently, in the same form: providers, backends, variables, outputs, data sources, … */
  readonly others: readonly ResourceChange[];
}

/**
 * What changed between two synths, as it is written. Nobody knows before a plan whether a resource is there, nor whether
 * its provider replaces it where it changes; where that is sure, the reason says so.
 */
export function synthChange(before: readonly StackSource[], after: readonly StackSource[]): SynthChange {
  const [from, to] = [byName(before), byName(after)];
  const names = [...new Set([...from.keys(), ...to.keys()])].sort();
  const all = names.map((name) => stackChange(name, from.get(name), to.get(name)));
  return {
    resources: all.flatMap(({ resources }) => resources),
    others: all.flatMap(({ others }) => others),
  };
}

function byName(sources: readonly StackSource[]): ReadonlyMap<string, StackSource> {
  return new Map(sources.map((one) => [one.name, one]));
}

function stackChange(
  stack: string,
  before: StackSource | undefined,
  after: StackSource | undefined,
): SynthChange {
  const [from, to] = [before?.json ?? {}, after?.json ?? {}] as [StackJson, StackJson];
  const resources = resourceChanges(stack, from, to).map((change) =>
    // No apply does anything to what no stack declares.
    after === undefined
      ? { ...change, action: 'forget' as const, reason: LEFT_BEHIND, isLeftBehind: true }
      : change,
  );
  return { resources, others: otherChanges(stack, from, to) };
}

/** Why what a stack made is neither deleted nor looked after: the stack itself is gone. */
const LEFT_BEHIND = 'its stack is declared no longer, so nothing deletes it';

type StackJson = TerraformJson & {
  readonly moved?: readonly { readonly from?: unknown; readonly to?: unknown }[];
  readonly removed?: readonly { readonly from?: unknown; readonly lifecycle?: unknown }[];
  readonly import?: readonly { readonly to?: unknown; readonly id?: unknown }[];
};

type Blocks = ReadonlyMap<string, Block>;
interface Block {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Attributes that are secret by the block's name. @default none */
  readonly secret?: readonly string[];
}

function resourceChanges(stack: string, before: StackJson, after: StackJson): readonly ResourceChange[] {
  const [from, to] = [blocksIn(before.resource), blocksIn(after.resource)];
  const moves = movesOf(after, from, to);
  const sources = new Set(moves.values());
  const addresses = [...new Set([...from.keys(), ...to.keys()])].sort();
  return addresses.flatMap((address) => {
    if (sources.has(address) && !to.has(address)) return [];
    const movedFrom = moves.get(address);
    const change = blockChange(stack, address, from.get(movedFrom ?? address), to.get(address));
    if (movedFrom !== undefined) return { ...change, action: change.action ?? 'move', movedFrom };
    return change.action === undefined ? [] : withImport(change as ResourceChange, after);
  });
}

/** New addresses by those that Terraform knows them by. */
function movesOf({ moved }: StackJson, from: Blocks, to: Blocks): ReadonlyMap<string, string> {
  const all = [moved ?? []]
    .flat()
    .map(({ from: old, to: now }): [string, string] => [plain(now), plain(old)]);
  return new Map(all.filter(([now, old]) => to.has(now) && from.has(old) && !from.has(now)));
}

/** An address may be written as an expression. */
function plain(address: unknown): string {
  return String(address).replace(/^\$\{(.*)\}$/, '$1');
}

function withImport(change: ResourceChange, { import: imports, removed }: StackJson): ResourceChange {
  const { action, address } = change;
  const imported = [imports ?? []].flat().find(({ to }) => plain(to) === address);
  if (action === 'create' && imported) {
    return { ...change, action: 'import', importedFrom: importId(imported.id) };
  }
  const left = [removed ?? []].flat().find(({ from }) => plain(from) === address);
  const [lifecycle] = [left?.lifecycle].flat() as { readonly destroy?: unknown }[];
  return action === 'delete' && lifecycle?.destroy === false ? { ...change, action: 'forget' } : change;
}

/** It may be anything that a provider finds something by. */
function importId(id: unknown): string {
  return maskedWord(String(id), new Masking(KnownSecrets.none())) ?? SENSITIVE;
}

function blockChange(
  stack: string,
  address: string,
  before: Block | undefined,
  after: Block | undefined,
): Omit<ResourceChange, 'action'> & { readonly action?: Action } {
  const block = (after ?? before) as Block;
  const { type } = block;
  const secret = [...(before?.secret ?? []), ...(after?.secret ?? [])];
  const changes = synthAttributeChanges(type, before?.attributes, after?.attributes, secret);
  const action = actionOf(before, after, changes.length);
  const forcing = changes.filter((one) => before && after && one.forcesReplacement).map(({ name }) => name);
  const constructPath = constructPathOf(block);
  return {
    stack,
    address,
    type,
    ...(action && { action }),
    ...(forcing.length > 0 && { reason: forcedBy(forcing) }),
    ...(constructPath !== undefined && { constructPath }),
    attributes: changes,
  };
}

function forcedBy(attributes: readonly string[]): string {
  const [first, ...others] = attributes;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `replaced, since its provider cannot change '${first}'${more}`;
}

function actionOf(before: unknown, after: unknown, changes: number): Action | undefined {
  if (before === undefined) return 'create';
  if (after === undefined) return 'delete';
  return changes > 0 ? 'update' : undefined;
}

/** Sections whose blocks have a type and a label, and those that have one name. */
const TYPED = ['data', 'ephemeral'] as const;
const NAMED = ['locals', 'module', 'output', 'provider', 'terraform', 'variable'] as const;

function otherChanges(stack: string, before: StackJson, after: StackJson): readonly ResourceChange[] {
  const [from, to] = [othersIn(before), othersIn(after)];
  const addresses = [...new Set([...from.keys(), ...to.keys()])].sort();
  return addresses.flatMap((address) => {
    const change = blockChange(stack, address, from.get(address), to.get(address));
    return change.action === undefined ? [] : (change as ResourceChange);
  });
}

/** What a name says of its value. */
const VALUES: Readonly<Record<string, readonly string[]>> = { output: ['value'], variable: ['default'] };

function othersIn(json: StackJson): Blocks {
  const found = new Map<string, Block>();
  for (const kind of TYPED) {
    for (const [address, block] of blocksIn(json[kind])) found.set(`${kind}.${address}`, block);
  }
  for (const kind of NAMED) {
    for (const [name, value] of entries(blocksOf((json as Readonly<Record<string, unknown>>)[kind]))) {
      const isBlock = typeof value === 'object' && value !== null && !Array.isArray(value);
      const attributes = isBlock ? (value as Block['attributes']) : { [name]: value };
      const isSecret = attributes.sensitive === true || mayNameASecret(name);
      found.set(`${kind}.${name}`, {
        type: kind,
        attributes,
        ...(isSecret && VALUES[kind] && { secret: VALUES[kind] }),
      });
    }
  }
  return found;
}

function blocksIn(section: unknown): Blocks {
  const found = new Map<string, Block>();
  for (const [type, blocks] of entries(blocksOf(section))) {
    for (const [label, attributes] of entries(blocksOf(blocks))) {
      found.set(`${type}.${label}`, { type, attributes: merged(attributes) });
    }
  }
  return found;
}

/** Without remarks. */
function entries(of: Readonly<Record<string, unknown>> | undefined): readonly (readonly [string, unknown])[] {
  return Object.entries(of ?? {}).filter(([name]) => name !== '//');
}
