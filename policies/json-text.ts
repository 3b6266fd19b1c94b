/** Where a text stops being JSON: line and column from 1. */
export interface JsonPlace {
  readonly line: number;
  readonly column: number;
  /** Whether it is whole as far as it goes, and ends too early. */
  readonly isCutOff: boolean;
}

/**
 * Finds where a text that `JSON.parse` refuses goes wrong. Not every version of Node says it, and none says line and
 * column.
 */
export function brokenJsonPlace(text: string): JsonPlace {
  const at = brokenAt(text);
  const before = text.slice(0, at).split('\n');
  return {
    line: before.length,
    column: (before.at(-1) as string).length + 1,
    isCutOff: text.slice(at).trim() === '',
  };
}

const SPACE = /[ \t\r\n]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** All but the closing quote; control characters are none of these. */
const STRING_START = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/uy;
const QUOTE = /"/y;

function brokenAt(text: string): number {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    at += found?.length ?? 0;
    return found !== undefined;
  };
  const take = (character: string): boolean => {
    skip(SPACE);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };
  const string = (): boolean => skip(STRING_START) && skip(QUOTE);
  const key = (): boolean => skip(SPACE) && string() && take(':');

  // What closes that is open, innermost last. No recursion: a text may be as deep as it likes.
  const closers: string[] = [];
  for (;;) {
    skip(SPACE);
    if (take('{')) {
      if (!take('}')) {
        closers.push('}');
        if (!key()) return at;
        continue;
      }
    } else if (take('[')) {
      if (!take(']')) {
        closers.push(']');
        continue;
      }
    } else if (!(text[at] === '"' ? string() : skip(SCALAR))) return at;
    // A value has ended.
    for (;;) {
      const closer = closers.at(-1);
      if (closer === undefined) {
        skip(SPACE);
        return at;
      }
      if (take(',')) {
        if (closer === '}' && !key()) return at;
        break;
      }
      if (!take(closer)) return at;
      closers.pop();
    }
  }
}
