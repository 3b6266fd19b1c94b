import { nearestName } from '../policies/nearest-name';
import type { Verb } from './arguments';
import { OperationError } from './operation-error';

/** How many values follow a flag; a flag that takes none may be given `true` or `false`. */
type Takes = 'none' | 'one' | 'several';

const COMMON: Readonly<Record<string, Takes>> = {
  '--app': 'one',
  '--auto-approve': 'none',
  '--disable-plugin-cache-env': 'none',
  '--experimental-provider-schema-cache-path': 'one',
  '--ignore-missing-stack-dependencies': 'none',
  '--log-file-directory': 'one',
  '--log-level': 'one',
  '--migrate-state': 'none',
  '--no-color': 'none',
  '--output': 'one',
  '--parallelism': 'one',
  '--skip-provider-lock': 'none',
  '--skip-synth': 'none',
  '--terraform-parallelism': 'one',
  '--var': 'several',
  '--var-file': 'several',
  '--version': 'none',
};

/** The flags of the CDKTF command line 0.21, as its help lists them. `--help` never gets there. */
export const CDKTF_FLAGS: Readonly<Record<Verb, Readonly<Record<string, Takes>>>> = {
  deploy: {
    ...COMMON,
    '--outputs-file': 'one',
    '--outputs-file-include-sensitive-outputs': 'none',
    '--refresh-only': 'none',
  },
  destroy: COMMON,
};

/** Those that are not for the CDKTF command line, and that come without any for it. */
const OWN_FLAGS: Readonly<Record<Verb, readonly string[]>> = { deploy: ['--plan-digest'], destroy: [] };

const SHORT: Readonly<Record<string, string>> = { '-a': '--app', '-o': '--output' };

/**
 * Refuses what the CDKTF command line would leave unheard, such as a misspelt flag, and what it would take for another
 * stack, which nobody has checked.
 *
 * @throws OperationError with exit code 2
 */
export function refuseUnknownFlags(flags: readonly string[], verb: Verb): void {
  let takes: Takes = 'none';
  for (const word of flags) {
    if (isValue(word, takes)) {
      if (takes !== 'several') takes = 'none';
      continue;
    }
    if (!word.startsWith('-')) {
      throw new OperationError(
        [
          `'environment' must be a single one, got '${word}' too; name one after the other, and write flags with --`,
        ],
        2,
      );
    }
    const [typed = word, value] = word.split(/=(.*)/s);
    const flag = takenAs(typed, verb);
    if (flag === undefined) throw new OperationError([unknownProblem(typed, verb)], 2);
    takes = value === undefined ? flag : 'none';
  }
}

/** As yargs tells them apart: a number may begin with a minus sign. */
function isValue(word: string, takes: Takes): boolean {
  if (takes === 'none') return word === 'true' || word === 'false';
  return !word.startsWith('-') || /^-\d/.test(word);
}

/** Yargs also takes `--autoApprove`, and `--no-auto-approve`. */
function takenAs(typed: string, verb: Verb): Takes | undefined {
  const known = new Map(Object.entries(CDKTF_FLAGS[verb]));
  const name = SHORT[typed] ?? typed.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const negated = name.replace(/^--no-/, '--');
  return known.get(name) ?? (known.get(negated) === 'none' ? 'none' : undefined);
}

/** Without what may follow: it may be a secret. */
function unknownProblem(typed: string, verb: Verb): string {
  const nearest =
    /\w/.test(typed) && nearestName(typed, [...Object.keys(CDKTF_FLAGS[verb]), ...OWN_FLAGS[verb]]);
  const remedy = nearest ? `did you mean ${nearest}` : `see npx cdktf ${verb} --help`;
  return `'flags' must be those of cdktf ${verb}, got ${typed}; ${remedy}`;
}
