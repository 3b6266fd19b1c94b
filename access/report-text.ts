import { counted } from '../policies/phrases';
import type { AccessMatrix, EnvironmentMatrix, MatrixIdentity, MatrixRow } from './matrix';
import { grantTitle, holdersOf, identityTitle, matrixSections, readersFirst } from './matrix-sections';
import { printable } from './printable';

/** Of a terminal, where nothing is known. */
const COLUMNS = 100;
/** More names than these are only counted. */
const NAMED = 40;

/**
 * For a terminal: of each environment who has what, path by path. Declared secrets come first; what one identity alone
 * reaches stands under its name, and what policy `default` gives everybody is said once.
 *
 * @param columns of the terminal; at least 60 are used
 */
export function matrixText({ environments }: AccessMatrix, columns = COLUMNS): string {
  if (environments.length === 0) return 'no environments\n';
  const width = Math.max(60, columns);
  const told: Told = new Map();
  const texts = environments.map((environment) => environmentLines(environment, width, told).join('\n'));
  return `${texts.join('\n\n')}\n`;
}

/** What policy `default` gives, by the environment where it was told first. */
type Told = Map<string, string>;

function environmentLines(environment: EnvironmentMatrix, width: number, told: Told): readonly string[] {
  const { name, server, identities, unknown } = environment;
  const { secrets, kv, shared, own, byDefault, withDefault, idle } = matrixSections(environment);
  const declared = secrets.filter(({ kind }) => kind === 'secret').length;
  const longest = Math.max(0, ...[...secrets, ...kv, ...shared].map((row) => titleOf(row).length));
  const column = Math.min(longest, Math.floor(width * 0.45));
  const table = (title: string, rows: readonly MatrixRow[]) =>
    section(
      title,
      rows.flatMap((row) => rowLines(row, identities, column, width)),
    );
  return [
    `${printable(name)}: ${counted(identities.length, 'identity', 'identities')}, ${counted(declared, 'secret')} (${server})`,
    ...(identities.some(({ kind }) => kind === 'policy') ? ['(policy): any token that gets it'] : []),
    ...table('secrets', secrets),
    ...table('other paths of KV engines', kv),
    ...table('other paths', shared),
    ...own.flatMap(({ identity, rows }) => section(`only ${identityTitle(identity)}`, ownLines(rows, width))),
    ...section(
      `every token with policy 'default' (${withDefault.length} of ${identities.length})`,
      withDefault.length === 0 ? [] : once(ownLines(byDefault, width), name, told),
    ),
    ...(idle.length > 0
      ? section(
          'nothing besides',
          wrapped(listed(idle.map(identityTitle)), width - 2).map((line) => `  ${line}`),
        )
      : []),
    ...(unknown.length > 0
      ? section(
          'warning: not known before an apply, so not all is said',
          unknown.flatMap((line) =>
            wrapped(printable(line).split(' '), width - 4).map(hanging('  ? ', '    ')),
          ),
        )
      : []),
  ];
}

/** It is the same on all servers of a kind. */
function once(lines: readonly string[], environment: string, told: Told): readonly string[] {
  const key = lines.join('\n');
  const known = told.get(key);
  if (known === undefined) told.set(key, environment);
  return known === undefined
    ? lines
    : [`  the same ${counted(lines.length, 'path')} as in ${printable(known)}`];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

/** What belongs to a secret stands below it. */
function titleOf({ name, secret }: MatrixRow): string {
  return secret === undefined ? printable(name) : `  ${printable(name)}`;
}

/** The path, then who has what: `read: django-crm, wagtail`. */
function rowLines(
  row: MatrixRow,
  identities: readonly MatrixIdentity[],
  column: number,
  width: number,
): readonly string[] {
  const title = titleOf(row);
  const margin = ' '.repeat(column + 4);
  const lines = readersFirst(row.grants).flatMap((grant) => {
    const { hasDefault, others } = holdersOf(grant, identities);
    const everybody = hasDefault > 0 ? [`all ${hasDefault} with policy 'default'`] : [];
    const who = [...everybody, ...others.map(identityTitle)];
    const words = [`${grantTitle(grant, '+')}:`, ...listed(who)];
    return wrapped(words, width - margin.length - 2).map(hanging('', '  '));
  });
  const [first = 'nobody', ...others] = lines;
  const rest = others.map((line) => `${margin}${line}`);
  if (title.length > column) return [`  ${title}`, `${margin}${first}`, ...rest];
  return [`  ${title.padEnd(column)}  ${first}`, ...rest];
}

/** Where it is known who: the path and what is allowed. */
function ownLines(rows: readonly MatrixRow[], width: number): readonly string[] {
  const column = Math.min(
    Math.max(0, ...rows.map(({ name }) => printable(name).length)),
    Math.floor(width * 0.6),
  );
  return rows.map(({ name, grants }) => {
    const what = grants.map((grant) => grantTitle(grant, '+')).join('; ') || 'nothing';
    return `  ${printable(name).padEnd(column)}  ${what}`;
  });
}

/** Names with commas, in case of many the first of them. */
function listed(names: readonly string[]): readonly string[] {
  const more = names.length - NAMED;
  const shown = more > 0 ? [...names.slice(0, NAMED), `and ${more.toLocaleString('en')} more`] : names;
  return shown.map((name, i) => (i < shown.length - 1 ? `${name},` : name));
}

/** A word that is longer than a line has one of its own. */
function wrapped(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Puts something before the first line, and something else before all others. */
function hanging(first: string, others: string): (line: string, i: number) => string {
  return (line, i) => `${i === 0 ? first : others}${line}`;
}
