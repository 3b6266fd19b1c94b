import * as fs from 'node:fs';
import * as path from 'node:path';
import { type BlockInstance, blocksOf } from '../policies/terraform-blocks';
import type { Attributes, TerraformJson } from '../policies/terraform-json';
import type { Value } from '../policies/terraform-value';
import { StackValues } from '../policies/terraform-values';
import { policyDocumentText } from './policy-document-text';
import { type StackSource, shownFile } from './stack-source';
import { SynthError } from './synth-error';

/** A stack with the values of its attributes. */
export interface LinkedStack extends StackSource {
  readonly values: StackValues;
  /** Where its state is. */
  readonly backend: Backend;
}

type Backend = readonly [type: string, settings: Attributes];

/** The stacks of a synth, so that one finds the outputs of the other. */
export class LinkedStacks {
  public readonly all: readonly LinkedStack[];
  private readonly byName: ReadonlyMap<string, LinkedStack>;
  private readonly owners = new Map<string, LinkedStack | undefined>();

  public constructor(sources: readonly StackSource[]) {
    this.all = sources.map((source) => this.linked(source));
    this.byName = new Map(this.all.map((stack) => [stack.name, stack]));
  }

  /** Stacks that depend on each other, by the synth's manifest or by a state that one reads of the other. */
  public components(): readonly (readonly LinkedStack[])[] {
    const parts = new Map(this.all.map((stack) => [stack, new Set([stack])]));
    for (const stack of this.all) {
      for (const other of this.neighbours(stack)) {
        const [mine, theirs] = [parts.get(stack), parts.get(other)] as [Set<LinkedStack>, Set<LinkedStack>];
        if (mine === theirs) continue;
        for (const one of theirs) {
          mine.add(one);
          parts.set(one, mine);
        }
      }
    }
    return [...new Set(parts.values())].map((part) => this.all.filter((stack) => part.has(stack)));
  }

  private neighbours(stack: LinkedStack): readonly LinkedStack[] {
    const states = blocksOf(blocksOf(stack.json.data)?.terraform_remote_state) ?? {};
    return [
      ...stack.dependencies.map((name) => this.byName.get(name)),
      ...Object.entries(states).map(([label, one]) => this.owner(stack, label, one as Attributes)),
    ].flatMap((one) => one ?? []);
  }

  private linked(source: StackSource): LinkedStack {
    const { folder, file, addresses } = source;
    const linked: LinkedStack = {
      ...source,
      backend: backendOf(source),
      values: new StackValues(source.json, {
        addresses,
        computed: policyDocumentText,
        output: (block, name) => this.output(linked, block, name),
        ...(folder !== undefined && { readFile: (name) => readFile(folder, name, file) }),
      }),
    };
    return linked;
  }

  private output(stack: LinkedStack, { label, attributes }: BlockInstance, name: string): Value | undefined {
    const owner = this.owner(stack, label, attributes);
    // Its own state is of the last apply, not of the next one.
    return owner === stack ? undefined : owner?.values.output(name);
  }

  private owner(reader: LinkedStack, label: string, state: Attributes): LinkedStack | undefined {
    const key = JSON.stringify([reader.name, label]);
    if (!this.owners.has(key)) this.owners.set(key, this.foundOwner(reader, label, state));
    return this.owners.get(key);
  }

  /** Whose state it is that a stack reads: that of the same backend and place, or the one that cdktf names. */
  private foundOwner(
    reader: LinkedStack,
    label: string,
    { backend, config }: Attributes,
  ): LinkedStack | undefined {
    const named = this.byName.get(label.replace(/^cross-stack-reference-input-/, ''));
    const place: Backend = [String(backend), placed(reader, (config ?? {}) as Attributes)];
    const same = this.all.filter((stack) => isSamePlace(stack.backend, place));
    return same.length === 1 ? same[0] : named;
  }
}

function backendOf(stack: StackSource): Backend {
  const blocks = blocksOf(blocksOf(stack.json.terraform)?.backend) ?? {};
  const [[type, settings] = ['local', {}]] = Object.entries(blocks);
  return [type, placed(stack, ([settings].flat()[0] ?? {}) as Attributes, type)];
}

/** A local state's path is relative to where Terraform runs. */
function placed({ name, folder }: StackSource, settings: Attributes, type?: string): Attributes {
  const { path: file = type === 'local' ? 'terraform.tfstate' : undefined } = settings;
  if (typeof file !== 'string') return settings;
  return { ...settings, path: path.resolve(folder ?? path.join('/stacks', name), file) };
}

/** A reader leaves out what it does not need, such as how to lock, so what both say must be the same. */
function isSamePlace([type, settings]: Backend, [otherType, other]: Backend): boolean {
  const shared = Object.keys(settings).filter((key) => other[key] != null && settings[key] != null);
  return (
    type === otherType &&
    shared.length > 0 &&
    shared.every((key) => JSON.stringify(settings[key]) === JSON.stringify(other[key]))
  );
}

function readFile(folder: string, name: string, stackFile: string): string {
  const file = path.resolve(folder, name);
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SynthError(
      `${stackFile}: file("${name}") must name a file of the stack, got ${code === 'ENOENT' ? 'none' : code} at '${shownFile(file)}'; synthesize again`,
    );
  }
}

/** Whether a stack has anything to do with Vault: then it belongs to what is looked at. */
export function declaresVault({ resource }: TerraformJson): boolean {
  return Object.keys(blocksOf(resource) ?? {}).some((type) => type.startsWith('vault_'));
}
