/**
 * How Vault decides, written down a second time and without a thought for speed: rules 4, 5 and 11 to 15 of its
 * policy engine. The tests compare the code in policies/ with it, so it must share nothing with that.
 */
export interface ModelRule {
  readonly path: string;
  readonly capabilities: readonly string[];
}

/** LIST looks a path up with and without its final `/`: which one first differs. */
export const LIST_ORDERS = ['without slash first', 'with slash first'] as const;
export type ListOrder = (typeof LIST_ORDERS)[number];

function kind(pattern: string): 'segments' | 'prefix' | 'exact' {
  if (pattern === '+' || pattern.includes('/+') || pattern.startsWith('+/')) return 'segments';
  return pattern.endsWith('*') ? 'prefix' : 'exact';
}

export function matches(pattern: string, path: string): boolean {
  switch (kind(pattern)) {
    case 'exact':
      return pattern === path;
    case 'prefix':
      return path.startsWith(pattern.slice(0, -1));
    case 'segments': {
      const open = pattern.endsWith('*');
      const wanted = (open ? pattern.slice(0, -1) : pattern).split('/');
      const given = path.split('/');
      if (open ? given.length < wanted.length : given.length !== wanted.length) return false;
      return wanted.every((segment, i) => {
        if (segment === '+') return true;
        return open && i === wanted.length - 1 ? given[i]?.startsWith(segment) : given[i] === segment;
      });
    }
  }
}

/** Rule 13: what the engine compares, in this order; the larger wins. */
function rank(pattern: string): [number, number, number, number, string] {
  const text = pattern.replace(/\*$/, '');
  // A `*` before the end stands for itself.
  const wildcard = pattern.indexOf('+');
  return [
    kind(pattern) === 'prefix' ? text.length : wildcard,
    pattern.endsWith('*') ? 0 : 1,
    -pattern.split('/').filter((segment) => segment === '+').length,
    text.length,
    text,
  ];
}

function isHigher(a: string, b: string): boolean {
  const [x, y] = [rank(a), rank(b)];
  const i = x.findIndex((one, position) => one !== y[position]);
  return i >= 0 && (x[i] as number | string) > (y[i] as number | string);
}

/** Rule 12 and 13, without exact rules. */
function bestWildcard(patterns: readonly string[], path: string): string | undefined {
  const found = patterns.filter((pattern) => kind(pattern) !== 'exact' && matches(pattern, path));
  const [longest] = found.filter((one) => kind(one) === 'prefix').sort((a, b) => b.length - a.length);
  return found
    .filter((one) => kind(one) === 'segments' || one === longest)
    .reduce<string | undefined>((best, one) => (!best || isHigher(one, best) ? one : best), undefined);
}

/** The pattern that decides about reading or writing a path. */
export function winner(patterns: readonly string[], path: string): string | undefined {
  return patterns.find((one) => kind(one) === 'exact' && one === path) ?? bestWildcard(patterns, path);
}

/** The pattern that decides about listing a path, which ends in `/`. */
export function listWinner(patterns: readonly string[], path: string, order: ListOrder): string | undefined {
  const bare = path.replace(/\/$/, '');
  const exact = [path, bare].find((one) => patterns.includes(one) && kind(one) === 'exact');
  if (exact !== undefined) return exact;
  const lookups = order === 'without slash first' ? [bare, path] : [path, bare];
  return lookups.map((one) => bestWildcard(patterns, one)).find((found) => found !== undefined);
}

/** Whether the rules allow an operation; `list` takes a path that ends in `/`. */
export function allows(
  rules: readonly ModelRule[],
  operation: string,
  path: string,
  order: ListOrder,
): boolean {
  const patterns = rules.map((rule) => rule.path);
  const decides = operation === 'list' ? listWinner(patterns, path, order) : winner(patterns, path);
  return rules.some((rule) => rule.path === decides && rule.capabilities.includes(operation));
}

/** All request paths of up to `depth` segments, empty ones included. */
export function requestPaths(segments: readonly string[], depth: number): string[] {
  const paths = [...segments];
  let last = paths;
  for (let i = 1; i < depth; i += 1) {
    last = last.flatMap((path) => segments.map((segment) => `${path}/${segment}`));
    paths.push(...last);
  }
  return paths.filter((path) => !path.startsWith('/'));
}
