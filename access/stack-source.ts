import * as fs from 'node:fs';
import * as path from 'node:path';
import { isTooDeep } from '../policies/json-depth';
import { brokenJsonPlace } from '../policies/json-text';
import type { TerraformJson } from '../policies/terraform-json';
import { kindOfJson } from './json-kind';
import { stackShapeProblem } from './stack-shape';
import { SynthError } from './synth-error';

/** A synthesized stack, before anything in it is understood. */
export interface StackSource {
  readonly name: string;
  /** Where Terraform runs; not there for a stack that was never written. */
  readonly folder?: string;
  /** The file that holds it, as a person finds it. */
  readonly file: string;
  readonly json: TerraformJson;
  /** Names of stacks that are deployed before it. */
  readonly dependencies: readonly string[];
  /**
   * What Terraform calls blocks, by their type and label: of a plan, where modules and keys belong to it.
   * @default the same
   */
  readonly addresses?: ReadonlyMap<string, string>;
}

const STACK_FILE = 'cdk.tf.json';
const MANIFEST = 'manifest.json';

interface ManifestStack {
  readonly name: string;
  readonly workingDirectory?: string;
  readonly synthesizedStackPath?: string;
  readonly dependencies?: readonly string[];
}

/**
 * The stacks that a synth wrote: to its output folder (`cdktf.out`), to `stacks` in it, or one stack's folder.
 *
 * @returns none where the folder holds no stacks
 * @throws SynthError on a folder that is none, a stack that is missing, and JSON that is broken
 */
export function readStacks(folder: string): readonly StackSource[] {
  requireFolder(folder);
  if (fs.existsSync(path.join(folder, MANIFEST))) return ofManifest(folder);
  if (fs.existsSync(path.join(folder, STACK_FILE))) return [stackIn(folder)];
  const parts = foldersIn(folder).filter((one) => fs.existsSync(path.join(one, STACK_FILE)));
  if (parts.length === 0) {
    const stacks = path.join(folder, 'stacks');
    return fs.existsSync(stacks) && fs.statSync(stacks).isDirectory() ? readStacks(stacks) : [];
  }
  const all = path.dirname(path.resolve(folder));
  // The manifest beside them knows what depends on what.
  const known = fs.existsSync(path.join(all, MANIFEST)) ? dependencies(all) : new Map<string, string[]>();
  return parts.map((one) => stackIn(one, path.basename(one), known.get(path.basename(one))));
}

/** A file as a person finds it from here. */
export function shownFile(file: string): string {
  const relative = path.relative('.', file);
  return relative.startsWith('..') ? path.resolve(file) : relative || '.';
}

function requireFolder(folder: string): void {
  const got = strangeFolder(folder);
  if (got === undefined) return;
  throw new SynthError(
    `'folder' must hold what a synth wrote, got '${shownFile(folder)}', ${got}; synthesize first, or name the folder of the synth`,
  );
}

/** @returns nothing where it is a folder that can be read */
function strangeFolder(folder: string): string | undefined {
  try {
    if (!fs.statSync(folder).isDirectory()) return 'a file';
    fs.accessSync(folder, fs.constants.R_OK | fs.constants.X_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'which is not there' : `which cannot be read (${code})`;
  }
}

function foldersIn(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map((one) => path.join(folder, one.name))
    .sort();
}

function ofManifest(folder: string): readonly StackSource[] {
  const stacks = manifestStacks(folder);
  const missing = stacks.filter((one) => !fs.existsSync(path.join(folder, pathOf(one))));
  if (missing.length > 0) {
    const manifest = shownFile(path.join(folder, MANIFEST));
    throw new SynthError(
      ...missing.map(
        (one) =>
          `${manifest}: stack '${one.name}' must have its file, got none at '${pathOf(one)}'; synthesize again`,
      ),
    );
  }
  return stacks.map((one) =>
    stackIn(path.dirname(path.join(folder, pathOf(one))), one.name, one.dependencies),
  );
}

function pathOf({ name, workingDirectory, synthesizedStackPath }: ManifestStack): string {
  return synthesizedStackPath ?? path.join(workingDirectory ?? path.join('stacks', name), STACK_FILE);
}

function dependencies(folder: string): ReadonlyMap<string, readonly string[]> {
  return new Map(manifestStacks(folder).map((one) => [one.name, one.dependencies ?? []]));
}

function manifestStacks(folder: string): readonly ManifestStack[] {
  const file = path.join(folder, MANIFEST);
  const { stacks } = readJson(file) as { stacks?: Readonly<Record<string, ManifestStack>> };
  if (typeof stacks !== 'object' || stacks === null || Array.isArray(stacks)) {
    throw new SynthError(`${shownFile(file)}: must be a synth's list of stacks, got none; synthesize again`);
  }
  const list = Object.entries(stacks).map(([name, one]) => {
    requireManifestStack(name, one, file);
    return { ...one, name };
  });
  const hcl = list.filter((one) => !pathOf(one).endsWith('.json'));
  if (hcl.length > 0) {
    throw new SynthError(
      `${shownFile(file)}: stacks must be JSON, got '${pathOf(hcl[0] as ManifestStack)}'; synthesize without --hcl`,
    );
  }
  return list;
}

/** Of another version of cdktf, or of no cdktf at all, it may hold anything. */
function requireManifestStack(name: string, stack: unknown, file: string): void {
  const wrong = (property: string, rule: string) =>
    new SynthError(`${shownFile(file)}: '${property}' of stack '${name}' must be ${rule}; synthesize again`);
  if (typeof stack !== 'object' || stack === null || Array.isArray(stack)) {
    throw new SynthError(
      `${shownFile(file)}: stack '${name}' must be an object, got ${kindOfJson(stack)}; synthesize again`,
    );
  }
  for (const property of ['workingDirectory', 'synthesizedStackPath'] as const) {
    const { [property]: value = '' } = stack as Readonly<Record<string, unknown>>;
    if (typeof value !== 'string') throw wrong(property, `a path, got ${kindOfJson(value)}`);
  }
  const { dependencies: names = [] } = stack as { readonly dependencies?: unknown };
  const isList = Array.isArray(names);
  const strange = isList ? names.find((one) => typeof one !== 'string') : undefined;
  if (!isList || strange !== undefined) {
    throw wrong('dependencies', `a list of names, got ${kindOfJson(isList ? strange : names)}`);
  }
}

function stackIn(
  folder: string,
  name = path.basename(path.resolve(folder)),
  before: readonly string[] = [],
): StackSource {
  const file = path.join(folder, STACK_FILE);
  const json = readJson(file) as TerraformJson;
  const problem = stackShapeProblem(json);
  if (problem !== undefined) throw new SynthError(`${shownFile(file)}: ${problem}; synthesize again`);
  return { name, folder, file: shownFile(file), json, dependencies: before };
}

/** @throws SynthError with the position where it is no JSON object */
function readJson(file: string): object {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SynthError(
      `${shownFile(file)}: must be a file that can be read, got ${code}; mend that, or synthesize again`,
    );
  }
  try {
    const json: unknown = JSON.parse(text);
    if (isTooDeep(json)) {
      throw new SynthError(
        `${shownFile(file)}: must be JSON of at most 100 levels, got more; synthesize again`,
      );
    }
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  } catch (error) {
    if (error instanceof SynthError) throw error;
    const { line, column, isCutOff } = brokenJsonPlace(text);
    const got = isCutOff ? 'the end of the file' : 'something else here';
    throw new SynthError(
      `${shownFile(file)}:${line}:${column}: must be JSON to its end, got ${got}; synthesize again`,
    );
  }
  throw new SynthError(`${shownFile(file)}:1:1: must be a JSON object, got something else; synthesize again`);
}
