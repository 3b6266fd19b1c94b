import type { EnvironmentAccess } from './environment-access';

/** What may give access and was not there before: nobody can say that it does not. A sentence each. */
export function newGaps(before?: EnvironmentAccess, after?: EnvironmentAccess): readonly string[] {
  const known = new Set(before ? gapsIn(before).map(({ sentence }) => sentence) : []);
  const found = (after ? gapsIn(after) : []).filter(({ sentence }) => !known.has(sentence));
  const isTold = (words: readonly string[]) =>
    found.some((other) => !other.words && words.every((word) => other.sentence.includes(word)));
  // Of two sentences about the same one is enough, and either of them is a gap.
  return found.filter(({ words }) => !words || !isTold(words)).map(({ sentence }) => sentence);
}

interface Gap {
  readonly sentence: string;
  /** What another sentence says that says the same. */
  readonly words?: readonly string[];
}

/** What may give access, to identities and to those that are left out. */
function gapsIn({ notes, identities, policies: declared }: EnvironmentAccess): readonly Gap[] {
  return [
    ...notes.filter(({ mayGrantTo }) => mayGrantTo !== 'nobody'),
    // A note names so many policies and no more; what an identity lacks is counted for each.
    ...identities.flatMap(({ name, fullName, policies }) =>
      policies
        .filter((policy) => !declared.has(policy))
        .map((policy) => ({
          sentence: `policy '${policy}' of '${name}' is not declared here`,
          words: [`'${policy}'`, `'${fullName}'`],
        })),
    ),
  ].map(({ sentence, ...rest }) => ({ sentence, ...('words' in rest && { words: rest.words }) }));
}
