/** How much of a text in quotes an error shows, in characters. */
const QUOTED = 100;

/** Of one without blanks and quotes, which may be the path of a file. */
const WORD = 500;

/** Of the whole error, whatever is in it. */
const LINE = 4000;

/** The beginning of a text, and `…` where it goes on. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A quote that begins at an apostrophe, as in `Vault's`, is none. */
const QUOTES = [/(?<![\p{L}\p{N}])'([^']*)'(?![\p{L}\p{N}])/gu, /"([^"]*)"/g];

/** An error with what it quotes cut to a length at which it can be read. What was read and typed may be of any length. */
export function clippedQuotes(message: string): string {
  let line = message;
  for (const quote of QUOTES) {
    line = line.replace(quote, (all, text: string) => `${all[0]}${clipped(text, QUOTED)}${all[0]}`);
  }
  return clipped(
    line.replace(/[^\s:]+/g, (word) => clipped(word, WORD)),
    LINE,
  );
}
