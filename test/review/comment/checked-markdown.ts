/** What is wrong with a comment as GitHub reads it: what is open at its end, and what came through as markup. */
export function markdownProblems(markdown: string): readonly string[] {
  const problems: string[] = [];
  const plain: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const [, mark] = /^\s*(`{3,})/.exec(line) ?? [];
    if (fence !== undefined) {
      if (line.trim() === fence) fence = undefined;
      else if (mark !== undefined && mark.length >= fence.length && line.trim() === mark)
        problems.push(`ends a fence: ${line}`);
      continue;
    }
    if (mark !== undefined) fence = mark;
    else plain.push(line);
  }
  if (fence !== undefined) problems.push(`open fence ${fence}`);
  const text = plain.join('\n');
  const count = (pattern: RegExp) => text.replace(CODE, '').match(pattern)?.length ?? 0;
  if (count(/<details>/g) !== count(/<\/details>/g)) problems.push('open details');
  if (count(/<summary>/g) !== count(/<\/summary>/g)) problems.push('open summary');
  let columns: number | undefined;
  for (const [i, line] of plain.entries()) {
    if (!line.startsWith('|')) {
      columns = undefined;
      continue;
    }
    const cells = line.match(/(?<!\\)\|/g)?.length ?? 0;
    columns ??= cells;
    if (cells !== columns) problems.push(`table: ${line}`);
    if (i > 0 && columns !== undefined && !line.endsWith('|')) problems.push(`table: ${line}`);
  }
  for (const line of plain) {
    if (line === '<!-- vault-platforms-review -->') continue;
    const open = line
      .replace(CODE, '')
      .replace(/<\/?(details|summary|sub|br)>/g, '')
      .replace(/^> \[!CAUTION\]$/, '')
      .replace(/&(amp|lt|gt|#33);/g, '');
    for (const [what, pattern] of MARKUP) if (pattern.test(open)) problems.push(`${what}: ${line}`);
  }
  return problems;
}

/** In one line. */
const CODE = /(?<![`\\])(`+)(?!`)(.*?)(?<!`)\1(?!`)/g;

const MARKUP: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['mention', /@/],
  ['issue', /#\d|\bGH-\d/],
  ['link', /:\/\/|\bwww\.|(?<!\\)\]\(/],
  ['markup', /<(?!!)|<!--/],
  ['image', /(?<!\\)!\[/],
];
