import { printable } from '../access/printable';
import { type Acknowledgement, type Finding, LEVELS, type Level } from './rule';
import type { Review } from './rules-run';

/** Of a terminal, where nothing is known. */
const COLUMNS = 100;

const MANY: Readonly<Record<Level, string>> = {
  info: 'infos',
  warning: 'warnings',
  error: 'errors',
  fatal: 'fatal',
};

/**
 * For a terminal: of each environment what was found, what is worse first, and at the end what somebody decided to live
 * with.
 *
 * @param columns of the terminal; at least 60 are used
 */
export function findingsText({ environments, findings }: Review, columns = COLUMNS): string {
  const width = Math.max(60, columns);
  const texts = environments.map(({ name }) =>
    environmentLines(
      name,
      findings.filter(({ environment }) => environment === name),
      width,
    ).join('\n'),
  );
  return texts.length === 0 ? 'no environments\n' : `${texts.join('\n\n')}\n`;
}

function environmentLines(name: string, findings: readonly Finding[], width: number): readonly string[] {
  const open = findings.filter(({ acknowledgement }) => !acknowledgement);
  const accepted = findings.filter(({ acknowledgement }) => acknowledgement);
  return [
    `${printable(name)}: ${counts(open, accepted)}`,
    ...open.flatMap((finding) => findingLines(finding, width)),
    ...accepted.flatMap((finding) => acceptedLines(finding, width)),
  ];
}

function counts(open: readonly Finding[], accepted: readonly Finding[]): string {
  const parts = [...LEVELS].reverse().flatMap((level) => {
    const n = open.filter((one) => one.level === level).length;
    return n === 0 ? [] : [`${n} ${n === 1 ? level : MANY[level]}`];
  });
  const all = parts.length === 0 ? 'nothing found' : parts.join(', ');
  return accepted.length === 0 ? all : `${all}, ${accepted.length} acknowledged`;
}

function findingLines(finding: Finding, width: number): readonly string[] {
  const { id, level, title, seen, remedy } = finding;
  return [
    `  ${level} ${id}: ${title}`,
    ...wrapped(placeOf(finding), '    ', width),
    ...wrapped(seen, '    ', width),
    ...wrapped(`mend: ${remedy}`, '    ', width),
  ];
}

/** A construct, and what it is to Terraform. */
export function placeOf({ constructPath, address }: Finding): string {
  const isOne = constructPath === undefined || constructPath === address;
  return isOne ? address : `${constructPath} (${address})`;
}

function acceptedLines(finding: Finding, width: number): readonly string[] {
  const { id, level, constructPath, address } = finding;
  const { reason, owner, expires } = finding.acknowledgement as Acknowledgement;
  const until = expires === undefined ? '' : `, until ${expires}`;
  return [
    ...wrapped(`acknowledged ${level} ${id}: ${constructPath ?? address}`, '  ', width),
    ...wrapped(`${reason} (${owner}${until})`, '    ', width),
  ];
}

/** At spaces; a word that is longer than a line stays whole, so that it can be copied. */
function wrapped(text: string, indent: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line];
}
