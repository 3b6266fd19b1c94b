import type { HclEntry, HclLiteral } from './hcl-document';
import { eachInOneLine } from './one-line';
import type { Place } from './policy-text-error';

/** Characters that stand for themselves: no escapes, no templates, nothing that a scanner could read otherwise. */
const BLOCK = /^path "([ !#&-[\]-~]*)" \{$/;
const CAPABILITIES = /^ {2}capabilities = \[("[a-z]+"(?:, "[a-z]+")*)\]$/;
const COMMENT = /^#[ -~]*$/;

/**
 * What a policy's text says that is written like most are, and as this library writes all of them: comments on lines of
 * their own, and blocks of three lines.
 *
 * ```hcl
 * # mail may read its password
 * path "apps/data/mail" {
 *   capabilities = ["read", "list"]
 * }
 * ```
 *
 * The grammar reads it too, with the same result, and takes ten times as long: of a synth with a thousand policies that
 * is most of what their rules take.
 *
 * @returns nothing where any line is written otherwise, be it right or wrong
 */
export function readPlainHcl(text: string, file: string): readonly HclEntry[] | undefined {
  const lines = text.split('\n');
  const entries: HclEntry[] = [];
  let comments: string[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] as string;
    if (line === '') comments = [];
    else if (COMMENT.test(line)) comments.push(line.replace(/^#+/, ''));
    else {
      const entry = blockAt(lines, i, file);
      if (!entry) return undefined;
      entries.push({ ...entry, comment: eachInOneLine(comments.join('\n')) || undefined });
      comments = [];
      i += 2;
    }
  }
  return entries.length > 0 ? entries : undefined;
}

/** @param start the index of its first line */
function blockAt(lines: readonly string[], start: number, file: string): HclEntry | undefined {
  const head = lines[start] as string;
  const [, path] = BLOCK.exec(head) ?? [];
  const [, names] = CAPABILITIES.exec(lines[start + 1] ?? '') ?? [];
  if (path === undefined || names === undefined || lines[start + 2] !== '}') return undefined;
  const at = (line: number, column: number): Place => ({ file, line: start + line, column });
  return {
    key: 'path',
    place: at(1, 1),
    labels: [{ text: path, place: at(1, 'path "'.length) }],
    value: {
      kind: 'object',
      place: at(1, head.length),
      entries: [
        {
          key: 'capabilities',
          place: at(2, 3),
          labels: [],
          value: {
            kind: 'list',
            place: at(2, '  capabilities = ['.length),
            items: literals(names, at(2, '  capabilities = ["'.length)),
          },
        },
      ],
    },
  };
}

/** @param names in quotes, with a comma and a blank between them */
function literals(names: string, { file, line, column }: Place): readonly HclLiteral[] {
  const found: HclLiteral[] = [];
  let start = column;
  for (const quoted of names.split(', ')) {
    found.push({ kind: 'string', place: { file, line, column: start }, value: quoted.slice(1, -1) });
    start += quoted.length + ', '.length;
  }
  return found;
}
