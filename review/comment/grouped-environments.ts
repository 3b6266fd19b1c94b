import { counted } from '../../policies/phrases';

/** What is said of one environment. */
export interface Said<T> {
  readonly environment: string;
  readonly what: T;
}

export interface SaidOfSeveral<T> {
  readonly environments: readonly string[];
  /** As it is said of the first one. */
  readonly what: T;
  /** Whether it is said of the others in the same words; else their names alone make the difference. */
  readonly isSame: boolean;
}

/** Said of a number above a list: of how many environments it is, where it is of several. */
export function inSeveral<T>(groups: readonly SaidOfSeveral<T>[]): string {
  const names = new Set(groups.flatMap(({ environments }) => environments));
  return names.size > 1 ? `, in ${counted(names.size, 'environment')}` : '';
}

/**
 * Puts together what is the same, to the letter or but for the environments' names, and for their platforms and kinds, as
 * in `bizosaas-staging` and `bizosaas-production`.
 */
export function groupedEnvironments<T>(
  all: readonly Said<T>[],
  textOf: (what: T) => string,
): readonly SaidOfSeveral<T>[] {
  const groups: { readonly texts: Set<string>; readonly same: Said<T>[] }[] = [];
  const known = new Map<string, (typeof groups)[number]>();
  for (const one of all) {
    const text = textOf(one.what);
    // Settings of one kind, such as 'production', may be meant so in the others too.
    const keys = [`text ${text}`, `unnamed ${unnamed(text, one.environment)}`];
    let group = keys.map((key) => known.get(key)).find((found) => found !== undefined);
    if (group === undefined) {
      group = { texts: new Set(), same: [] };
      groups.push(group);
    }
    group.texts.add(text);
    group.same.push(one);
    for (const key of keys) if (!known.has(key)) known.set(key, group);
  }
  return groups.map(({ texts, same }) => ({
    environments: same.map(({ environment }) => environment),
    what: (same[0] as Said<T>).what,
    isSame: texts.size === 1,
  }));
}

/** A text with marks in place of an environment's names. */
export function unnamed(text: string, environment: string): string {
  const [, platform, kind] = /^(.+)-([^-@]+)(?:@.*)?$/.exec(environment) ?? [];
  let found = text.replaceAll(environment, '\0E');
  if (platform !== undefined) found = withoutWord(found, platform, '\0P');
  return kind === undefined ? found : withoutWord(found, kind, '\0K');
}

function withoutWord(text: string, word: string, mark: string): string {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu'), mark);
}
