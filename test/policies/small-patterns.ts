import { PathPattern } from '../../policies/path-pattern';
import { matches, requestPaths } from './vault-model';

/** Every pattern of up to three segments over a small alphabet, closed, open, and with a final slash. */
export const PATTERNS: readonly PathPattern[] = (() => {
  const bodies = requestPaths(['a', 'b', 'ab', '+', '+b'], 3);
  const open = requestPaths(['a', 'b', '+'], 2).flatMap((body) =>
    ['*', 'a*', 'ab*', ''].map((end) => `${body}/${end}`),
  );
  const texts = new Set([...bodies, ...open, '*', 'a*', 'ab*', 'b*', 'a*b', 'a*b/*', '*/+']);
  return [...texts].map((text) => PathPattern.of(text));
})();

export const PAIRS = PATTERNS.flatMap((a) => PATTERNS.map((b) => [a, b] as const));

/** `c` stands for everything that no pattern spells out; `+` also matches an empty segment. */
export const PATHS = requestPaths(['', 'a', 'b', 'ab', 'abc', '+b', 'a*b', '*', 'c'], 4);

/** The paths that a pattern matches by the model, one bit each. */
const MATCHED = new Map(
  PATTERNS.map(({ text }) => [
    text,
    BigInt(`0b0${PATHS.map((path) => (matches(text, path) ? '1' : '0')).join('')}`),
  ]),
);

/** Pairs as texts, which a person can read. */
export function textsOf(pairs: readonly (readonly [PathPattern, PathPattern])[]): string[] {
  return pairs.map(([a, b]) => `${a.text} ${b.text}`);
}

export function matched({ text }: PathPattern): bigint {
  return MATCHED.get(text) ?? 0n;
}

/** A path that both patterns match. */
export function commonPath(a: PathPattern, b: PathPattern): string | undefined {
  const both = matched(a) & matched(b);
  return both === 0n ? undefined : PATHS[PATHS.length - both.toString(2).length];
}
