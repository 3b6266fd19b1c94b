import type { AccessList, AclRule } from '../policies/access-list';
import { overlap } from '../policies/path-overlap';
import { PathPattern } from '../policies/path-pattern';
import { type PathClass, pathClasses } from '../policies/path-space';
import { remembered } from './remembered';

/**
 * Divisions of all paths that were made last. Most services have no two rules of a path but those of `default`, which are
 * the same for all of them.
 */
class Divisions {
  private readonly known = new Map<string, readonly PathClass[]>();

  public of(patterns: readonly PathPattern[]): readonly PathClass[] {
    const key = patterns.map(({ text }) => text).join('\0');
    const known = this.known.get(key);
    if (known) return known;
    const classes = [...pathClasses(patterns)];
    if (this.known.size === MOST_DIVISIONS) this.known.clear();
    if (classes.length <= MOST_CLASSES) this.known.set(key, classes);
    return classes;
  }
}

/** What is larger is rare, and not worth its memory. */
const MOST_DIVISIONS = 64;
const MOST_CLASSES = 2_000;

const divisions = new Divisions();

/** How an access list decides about paths that the same of its rules match. */
export interface DecidedPaths {
  /** One of the paths. */
  readonly witness: string;
  readonly matched: readonly AclRule[];
  /** Decides about all operations but listings. */
  readonly deciding?: AclRule;
  /** Of paths with a final `/`, which alone can be listed. */
  readonly listing?: {
    /** Match the path without its slash. */
    readonly bare: readonly AclRule[];
    readonly list?: AclRule;
    readonly scan?: AclRule;
  };
}

/**
 * How rules of an access list take paths from each other, over all paths there are. A rule that shares no path with
 * another one is not looked at: it decides about all that it matches.
 */
export const decisionsOf = remembered((list: AccessList): readonly DecidedPaths[] => {
  const rules = sharing(list.rules);
  if (rules.length === 0) return [];
  const byText = new Map(rules.map((rule) => [rule.pattern.text, rule]));
  const rulesOf = (patterns: readonly PathPattern[]) =>
    patterns.flatMap(({ text }) => byText.get(text) ?? []);
  const found: DecidedPaths[] = [];
  for (const { witness, matched, bare } of divisions.of(rules.map(({ pattern }) => pattern))) {
    // Of these a rule may decide that is not looked at.
    if (matched.length === 0 && !bare?.length) continue;
    found.push({
      witness,
      matched: rulesOf(matched),
      deciding: list.decidingOf(matched),
      ...(bare && {
        listing: {
          bare: rulesOf(bare),
          list: list.decidingOf(matched, { operation: 'list', bare }),
          scan: list.decidingOf(matched, { operation: 'scan', bare }),
        },
      }),
    });
  }
  return found;
});

/** Rules that share a path with another one, or of which one has the other's path with a `/` more. */
function sharing(rules: readonly AclRule[]): readonly AclRule[] {
  const sides = rules.map((rule) => ({ rule, literal: rule.pattern.beginning }));
  const found = new Set<AclRule>();
  for (const [i, a] of sides.entries()) {
    for (let j = i + 1; j < sides.length; j += 1) {
      const b = sides[j] as (typeof sides)[0];
      // Quick: what begins otherwise shares no path.
      if (!a.literal.startsWith(b.literal) && !b.literal.startsWith(a.literal)) continue;
      if (share(a.rule.pattern, b.rule.pattern)) found.add(a.rule).add(b.rule);
    }
  }
  return rules.filter((rule) => found.has(rule));
}

function share(a: PathPattern, b: PathPattern): boolean {
  return overlap(a, b) || overlap(slashed(a), b) || overlap(a, slashed(b));
}

function slashed(pattern: PathPattern): PathPattern {
  // Who matches any rest matches it with a slash too.
  return pattern.isGlob ? pattern : PathPattern.of(`/${pattern.text}/`);
}
