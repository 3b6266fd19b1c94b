import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

export const SCRIPTS = path.join(__dirname, '..', '..', '.github', 'scripts');
export const MARKER = '<!-- vault-platforms-review -->';
export const REPORT = `${MARKER}\n# Review\n\nNothing changes.\n`;

/** What GitHub answers: the pages of a list, or a failure in the words of its command line. */
export type Answers = Readonly<Record<string, readonly unknown[] | { readonly failure: string }>>;

export interface Call {
  readonly method: string;
  readonly path: string;
  /** Of the body, with the content of files in place of their names. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  /** What was asked of GitHub, in order. */
  readonly calls: readonly Call[];
}

/**
 * Stands for GitHub's command line, `gh api` alone. It writes down each call, and refuses a flag that it does not know,
 * and a list of which not all pages are asked for.
 */
const GH = `#!${process.execPath}
const fs = require('node:fs');
const [command, ...args] = process.argv.slice(2);
const call = { method: 'GET', path: '', fields: {} };
let pages = 0;
const field = (text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];
while (args.length > 0) {
  const arg = args.shift();
  if (arg === '--method') call.method = args.shift();
  else if (arg === '--paginate' || arg === '--slurp') pages += 1;
  else if (arg === '--raw-field') { const [name, value] = field(args.shift()); call.fields[name] = value; }
  else if (arg === '--field') {
    const [name, value] = field(args.shift());
    call.fields[name] = value.startsWith('@') ? fs.readFileSync(value.slice(1), 'utf8') : value;
  } else if (arg.startsWith('-') || call.path) { console.error('unknown: ' + arg); process.exit(9); }
  else call.path = arg;
}
if (command !== 'api' || !process.env.GH_TOKEN) { console.error('not logged in'); process.exit(4); }
fs.appendFileSync(process.env.FAKE_CALLS, JSON.stringify(call) + '\\n');
const answers = JSON.parse(process.env.FAKE_ANSWERS);
const answer = answers[call.method + ' ' + call.path.split('?')[0]];
if (answer?.failure) { console.log('{"message":"refused"}'); console.error('gh: ' + answer.failure); process.exit(1); }
if (call.method !== 'GET') {
  if (call.method !== 'DELETE') console.log(JSON.stringify({ html_url: 'https://github.example/' + call.path }));
} else if (pages !== 2 || !call.path.includes('per_page=100')) { console.error('not all pages'); process.exit(9); }
else if (!answer) { console.error('gh: Not Found (HTTP 404)'); process.exit(1); }
else console.log(JSON.stringify(answer));
`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workflows-'));
  folders.push(folder);
  return folder;
}

/** A folder for `PATH` with a program in it. */
export function folderWith(program: string, text: string): string {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, program), text, { mode: 0o755 });
  return folder;
}

let programs: string | undefined;

/** Runs one of the workflows' scripts before a GitHub that answers so. */
export function runScript(
  script: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
  answers: Answers = {},
): Ended {
  programs ??= folderWith('gh', GH);
  const calls = path.join(temporaryFolder(), 'calls');
  const { status, stdout } = spawnSync(process.execPath, [path.join(SCRIPTS, script), ...args], {
    encoding: 'utf8',
    env: {
      PATH: `${programs}${path.delimiter}${process.env.PATH}`,
      GH_TOKEN: 'no-real-token',
      FAKE_CALLS: calls,
      FAKE_ANSWERS: JSON.stringify(answers),
      ...variables,
    },
  });
  const lines = fs.existsSync(calls) ? fs.readFileSync(calls, 'utf8').trim().split('\n') : [];
  return { code: status, stdout, calls: lines.map((line) => JSON.parse(line) as Call) };
}

/** Those of the calls that change something. */
export function changes({ calls }: Ended): readonly Call[] {
  return calls.filter(({ method }) => method !== 'GET');
}

export const BOT = { login: 'github-actions[bot]', type: 'Bot' };
export const PERSON = { login: 'ada', type: 'User' };
