/** What stands after a backslash: one letter, or a character by its number. The grammar lets no other escape through. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"' };
const ESCAPE = /\\(?:([nrt\\"])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/y;

/** One string in its quotes, on one line. */
const QUOTED = /^"(?:[^"\\\n]|\\[^\n])*"$/;

/** Why a string cannot be read. */
export interface StringProblem {
  readonly problem: string;
}

/**
 * The value of a quoted string as Vault reads it. Refused is also what Vault reads and nobody means: `${`, which Vault
 * takes as it is, and halves of UTF-16 pairs.
 *
 * @param quoted with its quotes
 */
export function unquote(quoted: string): string | StringProblem {
  if (/[$%]\{/.test(quoted)) {
    return {
      problem: `a string must not contain '\${' or '%{', got ${quoted}; give the policy as it is written to Vault, since it is not rendered here`,
    };
  }
  if (!QUOTED.test(quoted)) {
    return {
      problem: `a string must end on its line, got ${quoted.split('\n')[0]}; write \\n for a line end`,
    };
  }
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  let value = '';
  for (let i = 1; i < quoted.length - 1; i += 1) {
    const character = quoted[i] as string;
    if (character !== '\\') {
      value += character;
      continue;
    }
    ESCAPE.lastIndex = i;
    const found = ESCAPE.exec(quoted);
    const escaped = found && escapedCharacter(found);
    if (!found || escaped === undefined) {
      return {
        problem: `an escape must be one that Vault knows, got '${quoted.slice(i, i + 2)}'; write \\\\ for a backslash, or \\u and four hexadecimal digits for a character`,
      };
    }
    value += escaped;
    i += found[0].length - 1;
  }
  return value;
}

function escapedCharacter([, letter, short, long]: RegExpExecArray): string | undefined {
  if (letter !== undefined) return ESCAPES[letter];
  const code = Number.parseInt(short ?? (long as string), 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return String.fromCodePoint(code);
}
