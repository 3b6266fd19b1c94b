import type { EnvironmentAccess } from '../access/environment-access';
import type { LinkedStack } from '../access/linked-stacks';
import { readStacks, type StackSource } from '../access/stack-source';
import {
  environmentOfStacks,
  environmentsOfSources,
  type ReadEnvironment,
  type ReadOptions,
} from '../access/synth';
import { type BlockInstance, blocksOf } from '../policies/terraform-blocks';
import type { TerraformJson } from '../policies/terraform-json';
import { Unknown } from '../policies/terraform-value';

/** One environment, as rules look at it: what its stacks declare, and who can reach what by that. */
export interface ReviewedEnvironment {
  readonly name: string;
  /** Whether conveniences are allowed that would be unsafe elsewhere. */
  readonly isDevelopment: boolean;
  readonly access: EnvironmentAccess;
  /** Everything that its stacks declare; of Vault's resources those of this server. */
  readonly blocks: readonly ReviewedBlock[];
  /** What declares a policy, by its name. Those that a server brings are not there. */
  readonly policyBlocks: ReadonlyMap<string, ReviewedBlock>;
  /** Names of modules: what they declare is not read. */
  readonly modules: readonly string[];
  /** When it is looked at, in milliseconds since 1970. */
  readonly now: number;
}

export interface ReviewedBlock {
  readonly stack: string;
  readonly block: BlockInstance;
  /** Of the construct that made it; not there for what cdktf did not write. */
  readonly constructPath?: string;
}

export interface ReviewOptions extends ReadOptions {
  /** @default now */
  readonly now?: number;
}

/**
 * The environments of a synth; none where it declares nothing of Vault's. Needs `loadPolicyParser` to have ended.
 *
 * @param folder with the manifest
 * @throws SynthError on what cannot be read
 */
export function reviewedSynth(folder: string, options: ReviewOptions = {}): readonly ReviewedEnvironment[] {
  return reviewedSources(readStacks(folder), options);
}

/** The same for stacks that were read already, or made of something else. */
export function reviewedSources(
  sources: readonly StackSource[],
  options: ReviewOptions = {},
): readonly ReviewedEnvironment[] {
  return environmentsOfSources(sources, options).map((one) => reviewed(one, options));
}

/** The same for stacks that were never written, by their names: one environment. */
export function reviewedStacks(
  stacks: ReadonlyMap<string, TerraformJson>,
  options: ReviewOptions = {},
): ReviewedEnvironment {
  return reviewed(environmentOfStacks(stacks, options), options);
}

function reviewed({ access, blocks, stacks }: ReadEnvironment, options: ReviewOptions): ReviewedEnvironment {
  const names = new Map(stacks.map(({ values, name }) => [values, name]));
  const all = [...blocks, ...stacks.flatMap(otherBlocks)].map((block): ReviewedBlock => {
    const constructPath = constructPathOf(block);
    return {
      stack: names.get(block.values) ?? access.name,
      block,
      ...(constructPath !== undefined && { constructPath }),
    };
  });
  return {
    name: access.name,
    isDevelopment: /-(development|dev)(@|$)/.test(access.name) || stacks.some(saysDevelopment),
    access,
    blocks: all,
    policyBlocks: policyBlocks(all),
    modules: stacks.flatMap(({ json }) => Object.keys(blocksOf(json.module) ?? {})),
    now: options.now ?? Date.now(),
  };
}

/** All but the resources of Vault, which are parted by the server. */
function otherBlocks({ json, values }: LinkedStack): readonly BlockInstance[] {
  return (['resource', 'data', 'ephemeral'] as const).flatMap((kind) =>
    Object.entries(blocksOf(json[kind]) ?? {})
      .filter(([type]) => kind !== 'resource' || !type.startsWith('vault_'))
      .flatMap(([type, blocks]) =>
        Object.keys(blocksOf(blocks) ?? {}).flatMap((label) => {
          const instances = values.instances(kind, type, label);
          return instances instanceof Unknown ? [] : instances;
        }),
      ),
  );
}

/** Of the construct that made a block; nothing for what cdktf did not write. */
export function constructPathOf({ attributes }: Pick<BlockInstance, 'attributes'>): string | undefined {
  const { metadata } = (attributes['//'] ?? {}) as { metadata?: { path?: unknown } };
  return typeof metadata?.path === 'string' ? metadata.path : undefined;
}

function saysDevelopment({ json }: LinkedStack): boolean {
  const { development } = (json.locals?.vault ?? {}) as { development?: unknown };
  return development === true;
}

function policyBlocks(blocks: readonly ReviewedBlock[]): ReadonlyMap<string, ReviewedBlock> {
  const found = new Map<string, ReviewedBlock>();
  for (const one of blocks) {
    const name = policyNameOf(one);
    if (name !== undefined) found.set(name, one);
  }
  return found;
}

function policyNameOf({ block }: ReviewedBlock): string | undefined {
  if (block.type === 'vault_policy') return textOf(block, 'name')?.trim().toLowerCase();
  if (block.type !== 'vault_generic_endpoint') return undefined;
  const [, name] = /^\/?sys\/(?:policies\/acl|policy)\/([^/]+)\/?$/.exec(textOf(block, 'path') ?? '') ?? [];
  return name?.trim().toLowerCase();
}

/** An attribute, where it is a text that is known before an apply. */
export function textOf(block: BlockInstance, attribute: string): string | undefined {
  const value = block.values.attribute(block, attribute);
  return typeof value === 'string' ? value : undefined;
}
