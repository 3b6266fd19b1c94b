import * as fs from 'node:fs';
import * as path from 'node:path';
import { readStacks, type StackSource } from '../access/stack-source';
import { Environments, PARTS } from './environments';
import { endIfAsked, interruptible } from './interruption';
import type { Machine } from './machine';
import { OperationError } from './operation-error';
import { withSynthOf, withSynthOfBase } from './revision';
import { OUTPUT_FOLDER, synthesisForReview } from './synthesis';

/** A synth that is looked at. */
export interface Synth {
  readonly folder: string;
  /** As people call it. */
  readonly name: string;
  readonly sources: readonly StackSource[];
}

/** Where synths come from. */
export interface SynthSurroundings {
  readonly machine: Machine;
  /** The project. */
  readonly folder: string;
  /** Tells people what takes its time. */
  readonly say: (line: string) => void;
}

/** Whether there is a working tree that can be synthesized. */
function isProject(folder: string): boolean {
  return ['cdktf.json', 'main.ts'].every((file) => fs.existsSync(path.join(folder, file)));
}

/**
 * Whether the working tree may declare a stack. A synth would tell, and takes its time: what is named as no stack of a
 * platform, and was in no synth before, is of another project.
 */
export function mayBeDeclared(stack: string, folder: string): boolean {
  if (!isProject(folder)) return false;
  return PARTS.some((part) => stack.endsWith(`-${part}`)) || namesOfLastSynth(folder).stacks.includes(stack);
}

/** What was declared when the project was last synthesized; nothing where it never was. */
export function namesOfLastSynth(folder: string): {
  readonly stacks: readonly string[];
  readonly environments: readonly string[];
} {
  try {
    const last = new Environments(path.join(folder, OUTPUT_FOLDER));
    return { stacks: last.stackNames, environments: last.names };
  } catch {
    return { stacks: [], environments: [] };
  }
}

/**
 * Gives a synth to `use`, for as long as that looks at it.
 *
 * @param flag by which it was given, for errors
 * @param given a folder, a git revision, or nothing for the working tree
 * @throws OperationError with exit code 2 on what is no synth and does not become one
 */
export async function withSynth<T>(
  flag: string,
  given: string | undefined,
  outside: SynthSurroundings,
  use: (synth: Synth) => T | Promise<T>,
): Promise<T> {
  const { folder: root, say } = outside;
  const used = (folder: string, name: string) => use({ folder, name, sources: stacksIn(folder, flag, name) });
  if (given === undefined) {
    say('synthesizing the working tree');
    return withSynthOfHere(outside, (folder) => used(folder, 'the working tree'));
  }
  const folder = path.resolve(root, given);
  if (fs.existsSync(folder)) return used(folder, given);
  return withSynthOf({ revision: given, property: flag }, { root, say }, used);
}

/**
 * As {@link withSynth}, of what a head is compared with: of two revisions it is the commit where the head's branch began.
 *
 * @param head a folder, a git revision, or nothing for the working tree
 */
export function withBaseSynth<T>(
  base: string,
  head: string | undefined,
  outside: SynthSurroundings,
  use: (synth: Synth) => T | Promise<T>,
): Promise<T> {
  const { folder: root, say } = outside;
  const isFolder = (one: string) => fs.existsSync(path.resolve(root, one));
  if (isFolder(base) || (head !== undefined && isFolder(head))) {
    return withSynth('--base', base, outside, use);
  }
  return withSynthOfBase(
    { revision: base, property: '--base' },
    head === undefined ? undefined : { revision: head, property: '--head' },
    { root, say },
    (folder, name) => use({ folder, name, sources: stacksIn(folder, '--base', name) }),
  );
}

function stacksIn(folder: string, flag: string, name: string): readonly StackSource[] {
  const sources = readStacks(folder);
  if (sources.length > 0) return sources;
  throw new OperationError(
    [
      `'${flag}' must hold synthesized stacks, got '${name}' without; synthesize first, or name another folder`,
    ],
    2,
  );
}

/**
 * In a folder of its own: a review deploys nothing, and what rules refuse is what it is for. It lies where `cdktf.out` does,
 * since stacks hold paths from there.
 */
function withSynthOfHere<T>(
  { folder: root, machine }: SynthSurroundings,
  use: (folder: string) => T | Promise<T>,
): Promise<T> {
  return interruptible(async (signal) => {
    const folder = fs.mkdtempSync(path.join(root, '.review-'));
    const clean = () => fs.rmSync(folder, { recursive: true, force: true });
    process.once('exit', clean);
    try {
      await synthesisForReview(machine, folder).catch((error: unknown) => {
        // 1 is for what nobody can help.
        if (error instanceof OperationError && error.exitCode === 1) {
          throw new OperationError(error.problems, 2);
        }
        throw error;
      });
      endIfAsked(signal);
      return await use(folder);
    } finally {
      clean();
      process.off('exit', clean);
    }
  });
}
