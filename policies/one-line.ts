/** Other characters, such as NUL and those that change the direction of writing, would hide what a text says. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, ' ').trim();
}

/** The same for a text of several lines, without the empty ones. */
export function eachInOneLine(text: string): string {
  return text.split('\n').map(oneLine).filter(Boolean).join('\n');
}

/** The number of a text's first character, as Unicode writes it. */
export function codePoint(text: string): string {
  return `U+${(text.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}
