import type { ModelRule } from './vault-model';

export interface ParsedRule extends ModelRule {
  readonly reasons: readonly string[];
  readonly wrapped?: true;
}

const BLOCK =
  /^((?:# [^\n]*\n)*)path "([^"\\{}\s]+)" \{\n {2}capabilities = \[("[a-z]+"(?:, "[a-z]+")*)\]\n( {2}min_wrapping_ttl = "1s"\n)?\}\n/;

/** Reads a rendered policy back. Anything but comments and `path` blocks with capabilities is an error. */
export function parsePolicy(text: string): ParsedRule[] {
  if (/[^\P{C}\n]/u.test(text)) throw new Error('a character that cannot be seen');
  const rules: ParsedRule[] = [];
  let rest = text;
  while (rest !== '') {
    const [block, comments = '', path = '', list = '', wrapped] = BLOCK.exec(rest) ?? [];
    if (!block) throw new Error(`not a path block: ${rest}`);
    rules.push({
      path,
      capabilities: list.split(', ').map((quoted) => quoted.slice(1, -1)),
      reasons: comments
        .split('\n')
        .slice(0, -1)
        .map((line) => line.slice(2)),
      ...(wrapped && { wrapped: true as const }),
    });
    rest = rest.slice(block.length);
    if (rest !== '' && !rest.startsWith('\n')) throw new Error(`no blank line before: ${rest}`);
    rest = rest.slice(1);
  }
  return rules;
}
