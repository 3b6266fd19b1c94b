import { printable } from '../../access/printable';
import { clipped } from '../../policies/clipped';
import { withoutTokens } from '../masking/secret-forms';

/** How much of one name or value is shown, in characters. */
const WORD = 300;
/** The same of a sentence. */
const SENTENCE = 1000;

/**
 * As code outside of tables. Nobody is mentioned and nothing is linked by what is in it, and no markup ends it. What comes
 * from elsewhere stands in a comment by this and {@link text} alone.
 */
export function code(of: string): string {
  const shown = printable(clipped(withoutTokens(of), WORD));
  const fence = '`'.repeat(longestRun(shown) + 1);
  const padding = /^[` ]|[` ]$|^$/.test(shown) ? ' ' : '';
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/** As code in a cell of a table, where a bar would end the cell even in code. */
export function codeCell(of: string): string {
  return code(of).replaceAll('|', '\\|');
}

/** What would be a link, a mention, or the number of an issue, of GitHub's or GitLab's. */
const LINKED = /[@#]|:\/\/|\bwww\.|\bGH-\d|[!$%&~^]\w/i;

/** A sentence as text without markup, also in a cell. Words that would link somewhere are code. */
export function text(of: string): string {
  const shown = printable(clipped(withoutTokens(of), SENTENCE))
    .replace(/ {2,}/g, ' ')
    .trim();
  if (!LINKED.test(shown)) return escaped(shown);
  let isFirst = true;
  return shown
    .split(' ')
    .map((word) => {
      const found = LINKED.test(word) ? codeCell(word) : escaped(word, isFirst);
      isFirst = false;
      return found;
    })
    .join(' ');
}

function escaped(plain: string, isFirst = true): string {
  const found = plain
    .replace(/[\\`*_{}[\]|~$]/g, (character) => `\\${character}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('!', '&#33;');
  // At the beginning of a line these would make a list, a heading, or a rule.
  return isFirst ? found.replace(/^(\d*)([-+=.)])(?=\s|$|-)/, '$1\\$2') : found;
}

/** A block of code with lines as they are. Nothing in it ends it. */
export function fenced(language: string, lines: readonly string[]): readonly string[] {
  const shown = lines.map((line) => printable(line.replaceAll('\t', '  ')));
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1));
  return [`${fence}${language}`, ...shown, fence];
}

/** What is seen after a click. GitHub wants an empty line after the summary. */
export function details(summary: string, body: readonly string[]): readonly string[] {
  return ['<details>', `<summary>${summary}</summary>`, '', ...body, '', '</details>', ''];
}

function longestRun(of: string): number {
  return Math.max(0, ...(of.match(/`+/g) ?? []).map(({ length }) => length));
}
