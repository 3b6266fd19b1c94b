import * as path from 'node:path';
import { GITHUB_LIMIT, LEAST_LIMIT } from '../review/comment/comment';
import { CAUSES, type Cause } from '../review/verdict';
import { parsedFlags } from './flags';
import { mistakesOf } from './mistakes';

const FORMATS = ['markdown', 'json'] as const;

/** What a review ends with where something is so that it was asked to fail on. 2 is a mistake in what was given. */
export const EXIT_CODES: Readonly<Record<Cause, number>> = {
  destroy: 4,
  broadening: 3,
  error: 5,
  drift: 6,
};

export function reviewUsage(): string {
  return `usage: npm run review -- [--base REV|FOLDER] [--plan [STACK=]FILE ...] [flags]

What a change means, as a comment in Markdown.

  --base REV|FOLDER       what it is compared with: a git revision, of which it is the commit where this branch
                          began, as in a pull request, or the folder of a synth; left out, plans tell what is there now
  --head REV|FOLDER       what is compared; the working tree where it is left out
  --plan [STACK=]FILE     of 'terraform show -json'; its stack is the file's name without .json or .tfplan.json
                          unless it is given. Several, also after one --plan
  --environment NAME      only this one
  --fail-on LIST          of ${CAUSES.join(',')}; ends with ${CAUSES.map((one) => EXIT_CODES[one]).join(', ')}: for the first of the list that is so
              destroy          something that holds data or identity is deleted, replaced or no longer protected
              broadening       somebody gains access, new ones too, or may gain it
              error            a finding of level error or fatal is open, or a plan failed
              drift            somebody changed something behind Terraform's back; plans alone tell
  --format ${FORMATS.join('|')}  default markdown
  --limit CHARACTERS      of the Markdown; default ${GITHUB_LIMIT}, what a GitHub comment takes; 0: none
  --output FILE           instead of the terminal

Without --base, plans of the project's own stacks are compared with what is on the server, environments without
a plan are left out, and acknowledgements are those of the head. Plans of other stacks tell all themselves.

  npm run review -- --base main --fail-on destroy,broadening
  npm run review -- --plan cdktf.out/plans/*.json --fail-on drift
`;
}

/** What was typed, taken apart. */
export interface ReviewArguments {
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly plans: readonly PlanArgument[];
  readonly environment: string | undefined;
  /** In the order in which they were typed. */
  readonly failOn: readonly Cause[];
  readonly format: (typeof FORMATS)[number];
  /** In characters; 0 is no limit. */
  readonly limit: number;
  readonly output: string | undefined;
}

export interface PlanArgument {
  readonly stack: string;
  readonly file: string;
}

const HELP_COMMAND = 'npm run review -- --help';
const { mistake, oneOf } = mistakesOf(HELP_COMMAND);

/** @throws OperationError with exit code 2 on anything that is not in the usage */
export function reviewArguments(args: readonly string[]): ReviewArguments {
  const { values, positionals } = parsed(args);
  const files = [...(values.plan ?? []), ...positionals];
  if (values.plan === undefined && positionals.length > 0) {
    throw mistake(`'arguments' must be flags, got '${positionals[0]}'`);
  }
  if (values.base === undefined && files.length === 0) {
    throw mistake("'--base' must be given where no plan is, got neither", 'write --base main');
  }
  const format = oneOf('--format', values.format ?? 'markdown', FORMATS);
  if (format === 'json' && values.limit !== undefined) {
    throw mistake(`'--limit' must be used with markdown, got '${values.limit}' with json`);
  }
  return {
    base: given('--base', values.base),
    head: given('--head', values.head),
    plans: plansOf(files),
    environment: given('--environment', values.environment),
    failOn: causesOf(values['fail-on']),
    format,
    limit: limitOf(values.limit),
    output: given('--output', values.output),
  };
}

function parsed(args: readonly string[]) {
  return parsedFlags(
    {
      args: [...args],
      allowPositionals: true,
      options: {
        base: { type: 'string' },
        head: { type: 'string' },
        plan: { type: 'string', multiple: true },
        environment: { type: 'string' },
        'fail-on': { type: 'string' },
        format: { type: 'string' },
        limit: { type: 'string' },
        output: { type: 'string' },
      },
    },
    HELP_COMMAND,
  );
}

/** An empty variable of a shell is no choice. */
function given(flag: string, value: string | undefined): string | undefined {
  if (value === '') throw mistake(`'${flag}' must not be empty, got nothing`);
  return value;
}

function plansOf(files: readonly string[]): readonly PlanArgument[] {
  const plans = files.map(planOf);
  const seen = new Map<string, string>();
  for (const { stack, file } of plans) {
    const other = seen.get(stack);
    if (other !== undefined) {
      throw mistake(
        `'--plan' must be one of each stack, got '${other}' and '${file}' of '${stack}'`,
        'write STACK=FILE where names of files do not tell',
      );
    }
    seen.set(stack, file);
  }
  return plans;
}

function planOf(text: string): PlanArgument {
  const [, stack, file] = /^([^=/\\]+)=(.+)$/.exec(text) ?? [];
  if (stack !== undefined && file !== undefined) return { stack, file };
  const name = path.basename(text).replace(/(\.tfplan)?\.json$/, '');
  if (name !== '' && !text.endsWith('/')) return { stack: name, file: text };
  throw mistake(`'--plan' must be [STACK=]FILE, got '${text}'`);
}

function causesOf(list: string | undefined): readonly Cause[] {
  if (list === undefined) return [];
  return list.split(',').map((one) => oneOf('--fail-on', one.trim(), CAUSES));
}

function limitOf(written = String(GITHUB_LIMIT)): number {
  const limit = /^\d{1,9}$/.test(written) ? Number(written) : Number.NaN;
  if (limit === 0 || limit >= LEAST_LIMIT) return limit;
  throw mistake(`'--limit' must be ${LEAST_LIMIT} characters at least, or 0 for none, got '${written}'`);
}
