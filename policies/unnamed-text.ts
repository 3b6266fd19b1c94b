/**
 * A text that begins so and that nobody names, for a path that stands for all others: readable where that can be.
 *
 * @param isNamed whether somebody names a text, or the beginning of it
 */
export function unnamedText(beginning: string, isNamed: (text: string) => boolean): string {
  for (const rest of rests()) {
    const text = `${beginning}${rest}`;
    if (!isNamed(text)) return text;
  }
  throw new Error(`'patterns' must leave a character free after '${beginning}', got all`);
}

/** Their first characters differ, so that no finite number of patterns knows them all. */
function* rests(): Generator<string> {
  yield* ['any', 'other', 'some', 'x'];
  for (let code = 0x30; code < 0xd800; code += 1) yield String.fromCharCode(code);
}
