import * as fs from 'node:fs';
import * as path from 'node:path';
import type { TerraformJson } from '../policies/terraform-json';
import { PolicyReader } from './declared-policies';
import type { EnvironmentAccess } from './environment-access';
import { environmentsOf, type ReadEnvironment, type ReadOptions } from './environment-reader';
import { commonName } from './identity-names';
import { declaresVault, type LinkedStack, LinkedStacks } from './linked-stacks';
import { policiesAlone, policyFiles } from './policy-files';
import { readStacks, type StackSource, shownFile } from './stack-source';
import { SynthError } from './synth-error';

export type { ReadEnvironment, ReadOptions } from './environment-reader';
export { SynthError } from './synth-error';

/** The environment that files of policies are, whatever their folder is called: so two folders compare. */
const POLICIES = 'policies';

/**
 * Who can reach what, as a synth declares it: the output folder of any cdktf project, one stack's folder, or a folder of
 * `.hcl` files, each a policy of its own. Stacks that depend on each other are one environment. All or nothing: a policy
 * that cannot be read fails the whole. Needs `loadPolicyParser` to have ended.
 *
 * @throws SynthError with one line for each problem
 */
export function readSynth(folder: string, options: ReadOptions = {}): readonly EnvironmentAccess[] {
  const sources = readStacks(folder);
  if (sources.length === 0) return [ofFolder(folder, options)];
  const environments = environmentsOfSources(sources, options);
  if (environments.length === 0) {
    throw new SynthError(
      `'folder' must hold stacks that declare something of Vault's, got ${sources.length} without in '${shownFile(folder)}'; name another synth`,
    );
  }
  return environments.map(({ access }) => access);
}

/** The environments of stacks, with what each was read from; none where they declare nothing of Vault's. */
export function environmentsOfSources(
  sources: readonly StackSource[],
  options: ReadOptions = {},
): readonly ReadEnvironment[] {
  const reader = new PolicyReader();
  const linked = new LinkedStacks(sources);
  const components = linked.components().filter((stacks) => stacks.some(({ json }) => declaresVault(json)));
  const names = componentNames(components);
  const environments = components.flatMap((stacks, i) =>
    environmentsOf(names[i] as string, stacks, reader, options),
  );
  failOn(reader);
  return environments.sort((a, b) => (a.access.name < b.access.name ? -1 : 1));
}

/**
 * The same for stacks that were never written, such as those of a test: they are one environment, and of one server.
 *
 * @param stacks Terraform's JSON by the stacks' names
 */
export function accessOfStacks(
  stacks: ReadonlyMap<string, TerraformJson>,
  options: ReadOptions = {},
): EnvironmentAccess {
  return environmentOfStacks(stacks, options).access;
}

/** As {@link accessOfStacks}, with the stacks that it was read from. */
export function environmentOfStacks(
  stacks: ReadonlyMap<string, TerraformJson>,
  options: ReadOptions = {},
): ReadEnvironment {
  const sources = [...stacks].map(
    ([name, json]): StackSource => ({ name, file: name, json, dependencies: [] }),
  );
  const reader = new PolicyReader();
  const environments = environmentsOf(
    commonName([...stacks.keys()]),
    new LinkedStacks(sources).all,
    reader,
    options,
  );
  failOn(reader);
  const [first, another] = environments;
  if (first && !another) return first;
  throw new SynthError(
    `'stacks' must be of one server, got ${environments.length === 0 ? 'none that declare something of Vault' : environments.map(({ access }) => `'${access.name}'`).join(', ')}; give those of one`,
  );
}

/**
 * A token with some policies and nothing else.
 *
 * @param files HCL or JSON, each a policy that is called like the file
 */
export function accessOfPolicies(files: readonly string[], options: ReadOptions = {}): EnvironmentAccess {
  return policiesAlone(POLICIES, policyFiles(files, options), options, 'together');
}

function ofFolder(folder: string, options: ReadOptions): EnvironmentAccess {
  const files = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.hcl') && !name.startsWith('.'))
    .sort()
    .map((name) => path.join(folder, name));
  if (files.length === 0) {
    throw new SynthError(
      `'folder' must hold a synth's stacks or policies as .hcl files, got '${shownFile(folder)}' without; synthesize first, or name the folder of the synth`,
    );
  }
  return policiesAlone(POLICIES, policyFiles(files, options), options, 'each');
}

/** Two that would be called the same are called by all of their stacks. */
function componentNames(components: readonly (readonly LinkedStack[])[]): readonly string[] {
  const all = components.map((stacks) => stacks.map(({ name }) => name));
  const names = all.map(commonName);
  return names.map((name, i) =>
    names.some((other, j) => j !== i && other === name) ? (all[i] as string[]).join('+') : name,
  );
}

function failOn({ problems }: PolicyReader): void {
  if (problems.length > 0) throw new SynthError(...problems);
}
