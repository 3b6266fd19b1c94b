import * as fs from 'node:fs';
import * as path from 'node:path';
import { type AccessDiff, accessDiff, hasBroadening } from '../access/access-diff';
import { can, who } from '../access/answers';
import type { EnvironmentAccess, Identity } from '../access/environment-access';
import { identitiesNamed } from '../access/find-identity';
import { accessMatrix } from '../access/matrix';
import { canJson, canText, whoJson, whoText } from '../access/report-answers';
import { diffJson, diffMarkdown, diffText } from '../access/report-diff';
import { matrixHtml } from '../access/report-html';
import { matrixJson } from '../access/report-json';
import { matrixMarkdown } from '../access/report-markdown';
import { matrixText } from '../access/report-text';
import { requestedPath } from '../access/requested-path';
import { accessOfPolicies, readSynth } from '../access/synth';
import { clippedQuotes } from '../policies/clipped';
import { didYouMean } from '../policies/nearest-name';
import { loadPolicyParser } from '../policies/policy-text';
import { type AccessArguments, accessArguments, accessUsage, type Format } from './access-arguments';
import { type Machine, thisMachine } from './machine';
import { exitWith, OperationError } from './operation-error';
import { readableError } from './readable-error';
import { onClosedOutput, requireOutput, writeReport } from './report-output';
import { withSynthOf, withSynthOfBase } from './revision';
import { synthesis } from './synthesis';

/** What the command needs of the world. */
export interface AccessSurroundings {
  readonly machine: Machine;
  /** The project. */
  readonly folder: string;
  /** To stdout: the answer alone. */
  readonly print: (text: string) => void;
  /** To stderr: progress and where the answer went. */
  readonly say: (line: string) => void;
  /** How wide the terminal is, in characters. @default as wide as the report likes */
  readonly columns?: number;
}

type Arguments<Command extends AccessArguments['command']> = Extract<AccessArguments, { command: Command }>;

/** The answer, and the exit code that goes with it. */
interface Answer {
  readonly text: string;
  readonly code: number;
}

const BROADENING = 3;

/**
 * Who can reach what, as the stacks declare it.
 *
 * @returns the exit code: 0, 1 where `can` says no, 3 on a broadening where that was asked for
 */
export async function access(args: readonly string[], outside: AccessSurroundings): Promise<number> {
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    outside.print(accessUsage());
    return 0;
  }
  try {
    return await answered(args, outside);
  } catch (error) {
    throw readableError(error);
  }
}

async function answered(args: readonly string[], outside: AccessSurroundings): Promise<number> {
  const given = accessArguments(args);
  requireOutput(given.output, outside.folder);
  await loadPolicyParser();
  const { text, code } = await answerOf(given, outside);
  if (given.output === undefined) {
    outside.print(text);
  } else {
    writeReport(given.output, text, outside.folder);
    outside.say(`written to ${given.output}`);
  }
  return code;
}

async function answerOf(given: AccessArguments, outside: AccessSurroundings): Promise<Answer> {
  switch (given.command) {
    case 'matrix':
      return matrixAnswer(given, outside);
    case 'who':
      return whoAnswer(given, outside);
    case 'can':
      return given.policies.length > 0 ? canOfFiles(given) : canAnswer(given, outside);
    case 'diff':
      return diffAnswer(given, outside);
  }
}

const MATRIX = { markdown: matrixMarkdown, json: matrixJson, html: matrixHtml };

async function matrixAnswer(given: Arguments<'matrix'>, outside: AccessSurroundings): Promise<Answer> {
  const matrix = accessMatrix(selected(await environmentsOf(given, outside), given.environment));
  const { format, output } = given;
  // A file is as wide on every terminal.
  const columns = output === undefined ? outside.columns : undefined;
  return { text: format === 'text' ? matrixText(matrix, columns) : MATRIX[format](matrix), code: 0 };
}

async function whoAnswer(given: Arguments<'who'>, outside: AccessSurroundings): Promise<Answer> {
  const environments = selected(await environmentsOf(given, outside), given.environment);
  const answers = environments.map((environment) => who(environment, given.path));
  // An environment of another platform has no such path; where nobody reaches it anywhere, all are shown.
  const reached = answers.filter(({ paths }) => paths.some(({ readers }) => readers.length > 0));
  const shown = reached.length > 0 ? reached : answers;
  const hint = reached.length > 0 ? undefined : unknownBeginning(environments, given.path);
  if (hint !== undefined) outside.say(clippedQuotes(hint));
  return { text: given.format === 'json' ? whoJson(shown) : whoText(shown), code: 0 };
}

async function canAnswer(given: Arguments<'can'>, outside: AccessSurroundings): Promise<Answer> {
  const [environmentName, name] = splitIdentity(given.identity as string);
  const environments = selected(await environmentsOf(given, outside), given.environment ?? environmentName);
  const found = environments.flatMap((environment) =>
    identitiesNamed(environment, name).map((identity) => ({ environment, identity })),
  );
  const [only, another] = found;
  if (!only) throw unknownIdentity(name, environments);
  if (another) throw ambiguousIdentity(name, found);
  return answerOn(only.environment, only.identity, given);
}

/** A token with hand-written policies, and with nothing else. */
function canOfFiles(given: Arguments<'can'>): Answer {
  const environment = accessOfPolicies(given.policies, { dialect: given.dialect });
  const [identity] = environment.identities;
  return answerOn(environment, identity as Identity, given);
}

function answerOn(environment: EnvironmentAccess, identity: Identity, given: Arguments<'can'>): Answer {
  const answer = can(environment, identity, given.operation, given.path, given.details);
  const text = given.format === 'json' ? canJson(answer) : canText(answer);
  return { text, code: answer.decision.allowed ? 0 : 1 };
}

const DIFF = new Map<Format, (diff: AccessDiff) => string>([
  ['markdown', diffMarkdown],
  ['json', diffJson],
]);

async function diffAnswer(given: Arguments<'diff'>, outside: AccessSurroundings): Promise<Answer> {
  const { base, head, dialect } = given;
  const read = (folder: string) => readSynth(folder, { dialect });
  const before = await baseSide(base, head, outside, read);
  const after =
    head === undefined ? await environmentsOf(given, outside) : await side('head', head, outside, read);
  const name = given.environment;
  const diff: AccessDiff = accessDiff(
    name === undefined ? before : before.filter((one) => one.name === name),
    name === undefined ? after : after.filter((one) => one.name === name),
  );
  if (name !== undefined) selected([...before, ...after], name);
  return {
    text: (DIFF.get(given.format) ?? diffText)(diff),
    code: given.failsOnBroadening && hasBroadening(diff) ? BROADENING : 0,
  };
}

type Reading = (folder: string) => readonly EnvironmentAccess[];

/** A folder where there is one of that name, else a revision. */
async function side(
  property: 'base' | 'head',
  given: string,
  { folder: root, say }: AccessSurroundings,
  read: Reading,
): Promise<readonly EnvironmentAccess[]> {
  const folder = path.resolve(root, given);
  if (fs.existsSync(folder)) return read(folder);
  return withSynthOf({ revision: given, property }, { root, say }, read);
}

/** Of two revisions it is the commit where the head's branch began, as in a pull request. */
async function baseSide(
  base: string,
  head: string | undefined,
  outside: AccessSurroundings,
  read: Reading,
): Promise<readonly EnvironmentAccess[]> {
  const { folder: root, say } = outside;
  const isFolder = (one: string) => fs.existsSync(path.resolve(root, one));
  if (isFolder(base) || (head !== undefined && isFolder(head))) return side('base', base, outside, read);
  const typed = head === undefined ? undefined : { revision: head, property: 'head' };
  return withSynthOfBase({ revision: base, property: 'base' }, typed, { root, say }, read);
}

async function environmentsOf(
  { synth, dialect }: AccessArguments,
  { machine, folder }: AccessSurroundings,
): Promise<readonly EnvironmentAccess[]> {
  if (synth !== undefined) return readSynth(path.resolve(folder, synth), { dialect });
  const { folder: synthesized } = await synthesis(machine).catch((error: unknown) => {
    // 1 is what `can` answers with.
    if (error instanceof OperationError && error.exitCode === 1) throw new OperationError(error.problems, 2);
    throw error;
  });
  return readSynth(path.resolve(folder, synthesized), { dialect });
}

/** Those of a name, or all. */
function selected(
  environments: readonly EnvironmentAccess[],
  name: string | undefined,
): readonly EnvironmentAccess[] {
  if (name === undefined) return environments;
  const found = environments.filter((one) => one.name === name);
  if (found.length > 0) return found;
  const names = [...new Set(environments.map((one) => one.name))];
  throw new OperationError(
    [
      `'--environment' must be one of ${names.join(', ')}, got '${name}'; ${didYouMean(name, names, 'name one of these')}`,
    ],
    2,
  );
}

/** Of a path that nobody reaches: that no engine and no rule begins so, which is often a mistake in writing. */
function unknownBeginning(environments: readonly EnvironmentAccess[], path: string): string | undefined {
  const [given = ''] = requestedPath(path, { kvMounts: [] }).apiPath.split('/');
  const known = new Set(
    environments.flatMap(({ kvMounts, policies }) => [
      ...kvMounts.map((mount) => mount.path.split('/')[0] as string),
      ...[...policies.values()].flatMap(({ rules }) =>
        rules.map(({ pattern }) => pattern.segments[0] as string),
      ),
    ]),
  );
  if (known.has(given)) return undefined;
  const names = [...known].filter((name) => name !== '' && name !== '+');
  return `warning: no engine and no rule begins with '${given}'; ${didYouMean(given, names, `there are ${names.sort().join(', ')}`)}`;
}

/** `<platform>-<environment>/<identity>`, or the identity alone. */
function splitIdentity(given: string): readonly [environment: string | undefined, name: string] {
  const at = given.indexOf('/');
  return at < 0 ? [undefined, given] : [given.slice(0, at), given.slice(at + 1)];
}

function unknownIdentity(name: string, environments: readonly EnvironmentAccess[]): OperationError {
  const names = [...new Set(environments.flatMap(({ identities }) => identities.map((one) => one.name)))];
  const remedy = didYouMean(name, names, `there are ${names.join(', ')}`);
  return new OperationError([`'identity' must be declared, got '${name}'; ${remedy}`], 2);
}

function ambiguousIdentity(
  name: string,
  found: readonly { environment: EnvironmentAccess; identity: Identity }[],
): OperationError {
  const choices = found.map(({ environment, identity }) => `${environment.name}/${identity.name}`);
  const [first] = choices;
  return new OperationError(
    [`'identity' must be one, got '${name}' of ${choices.join(', ')}; write it as '${first}'`],
    2,
  );
}

if (require.main === module) {
  process.stdout.on('error', onClosedOutput);
  void exitWith(
    () =>
      access(process.argv.slice(2), {
        machine: thisMachine,
        folder: process.cwd(),
        print: (text) => process.stdout.write(text),
        columns: process.stdout.columns,
        say: (line) => process.stderr.write(`${line}\n`),
      }),
    2,
  );
}
