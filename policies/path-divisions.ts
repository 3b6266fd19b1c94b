import type { PathPattern } from './path-pattern';
import { type PathClass, pathClasses } from './path-space';

/** What is larger is rare, and not worth its memory. */
const MOST_DIVISIONS = 256;
const MOST_CLASSES = 1_000;

const known = new Map<string, readonly PathClass[]>();

/**
 * As {@link pathClasses}, worked out once for the same patterns: those of the policy `default` come with nearly every
 * identity.
 */
export function pathDivision(
  patterns: readonly PathPattern[],
  lists: readonly (readonly PathPattern[])[] = [],
): Iterable<PathClass> {
  const key = JSON.stringify([patterns, ...lists].map((list) => list.map(({ text }) => text)));
  const before = known.get(key);
  if (before) return before;
  const classes = [...pathClasses(patterns, lists)];
  if (known.size === MOST_DIVISIONS) known.clear();
  if (classes.length <= MOST_CLASSES) known.set(key, classes);
  return classes;
}
