/**
 * Control characters would drive a terminal, and those that turn the direction of writing or take no room make one name
 * look like another. Names come from other people's policies.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/** A text as it may be shown: whatever cannot be seen is written as `\u{202e}`. */
export function printable(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
