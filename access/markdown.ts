import { printable } from './printable';

/** As code, which may stand in a cell of a table. Names come from whoever writes policies: they stay text. */
export function markdownCode(text: string): string {
  const shown = printable(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 || shown.trim() !== shown || shown === '' ? ' ' : '';
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/** As text without markup, which may stand in a cell of a table. */
export function markdownText(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]|#~]/g, (character) => `\\${character}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;');
}
