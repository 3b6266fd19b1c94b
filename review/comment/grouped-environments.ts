import { groupedBy } from '../grouped-by';

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

/**
 * Puts together what is the same but for the environments' names, and for their platforms and kinds, as in
 * `bizosaas-staging` and `bizosaas-production`.
 */
export function groupedEnvironments<T>(
  all: readonly Said<T>[],
  textOf: (what: T) => string,
): readonly SaidOfSeveral<T>[] {
  const groups = groupedBy(all, ({ environment, what }) => unnamed(textOf(what), environment));
  return [...groups.values()].map((group) => ({
    environments: group.map(({ environment }) => environment),
    what: (group[0] as Said<T>).what,
    isSame: new Set(group.map(({ what }) => textOf(what))).size === 1,
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
