/** What stands after a backslash, as Go reads it: one letter, or a character by its number. */
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};
const ESCAPE = /\\(?:([abfnrtv\\"])|([0-7]{3})|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/y;

/** One string in its quotes, on one line. */
const QUOTED = /^"(?:[^"\\\n]|\\[^\n])*"$/;

/** Why a string cannot be read, in two parts of an error: the rule with what it got, and the remedy. */
export interface StringProblem {
  readonly problem: string;
}

/**
 * The value of a quoted string as Vault reads it. Refused is also what Vault reads and nobody means: `${`, which Vault
 * takes as it is, escapes of single bytes above 7F, and halves of UTF-16 pairs.
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
  let value = '';
  for (let i = 1; i < quoted.length - 1; i += 1) {
    const character = quoted[i] as string;
    if (character !== '\\') {
      value += character;
      continue;
    }
    ESCAPE.lastIndex = i;
    const found = ESCAPE.exec(quoted);
    const escaped = found && character_(found);
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

function character_([, letter, octal, byte, short, long]: RegExpExecArray): string | undefined {
  if (letter !== undefined) return ESCAPES[letter];
  const isByte = octal ?? byte;
  const code =
    octal !== undefined ? Number.parseInt(octal, 8) : Number.parseInt(byte ?? short ?? (long as string), 16);
  if (isByte !== undefined && code > 0x7f) return undefined;
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return String.fromCodePoint(code);
}
