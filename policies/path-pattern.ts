/** Which class a pattern is of decides how it matches, and in part what it outranks. */
export type PatternKind =
  /** No wildcard: it matches its own text, and outranks every other. */
  | 'exact'
  /** A final `*`: it matches whatever begins with its text, across segments. */
  | 'prefix'
  /** A segment is `+`, or begins with it: it is compared segment by segment. */
  | 'segment';

/**
 * The path of a rule in Vault's own syntax, as Vault reads it: `+` is one segment, a final `*` any rest, and every other
 * `*` or `+` stands for itself.
 */
export class PathPattern {
  /**
   * @param path as written in a policy
   * @throws on what Vault refuses: `+*`
   */
  public static of(path: string): PathPattern {
    // One, as Vault does.
    const text = path.startsWith('/') ? path.slice(1) : path;
    if (text.includes('+*')) {
      throw new Error(
        `'path' must not contain '+*', which Vault refuses, got '${path}'; write '+/*' for any rest below any segment`,
      );
    }
    return new PathPattern(text);
  }

  public readonly kind: PatternKind;
  /** Without the final `*` of a {@link isGlob}. */
  public readonly segments: readonly string[];
  /** Whether a final `*` stands for any rest. */
  public readonly isGlob: boolean;
  /** What every path begins with that it matches. */
  public readonly beginning: string;
  /** Where the first wildcard is, in characters: the later it comes, the higher the rank. */
  private readonly firstWildcard: number;
  /** How many segments are `+`. */
  private readonly wildcards: number;
  private readonly withoutStar: string;
  /** In bytes of UTF-8, as the server counts. Where two patterns match the same path, nothing else depends on that. */
  private readonly length: number;

  private constructor(
    /** Without a leading `/`. Two patterns of the same text are the same. */
    public readonly text: string,
  ) {
    const bySegments = text === '+' || text.includes('/+') || text.startsWith('+/');
    this.isGlob = text.endsWith('*');
    this.withoutStar = this.isGlob ? text.slice(0, -1) : text;
    this.length = Buffer.byteLength(this.withoutStar);
    this.kind = bySegments ? 'segment' : this.isGlob ? 'prefix' : 'exact';
    this.segments = this.withoutStar.split('/');
    this.wildcards = this.segments.filter((one) => this.isWildcard(one)).length;
    // A `+` inside a segment stands for itself, and yet counts here.
    this.firstWildcard = bySegments ? text.indexOf('+') : this.withoutStar.length;
    this.beginning = bySegments
      ? [...this.segments.slice(0, this.segments.indexOf('+')), ''].join('/')
      : this.withoutStar;
  }

  /** Whether a segment of {@link segments} stands for any one. In the other classes a `+` is a character. */
  public isWildcard(segment: string): boolean {
    return segment === '+' && this.kind === 'segment';
  }

  /** @param path without a leading `/` */
  public matches(path: string): boolean {
    if (this.kind === 'exact') return path === this.text;
    if (this.kind === 'prefix') return path.startsWith(this.withoutStar);
    const parts = path.split('/');
    const last = this.segments.length - 1;
    if (this.isGlob ? parts.length <= last : parts.length !== last + 1) return false;
    return this.segments.every((segment, i) => {
      const part = parts[i] as string;
      return (
        part === segment ||
        this.isWildcard(segment) ||
        (this.isGlob && i === last && part.startsWith(segment))
      );
    });
  }

  /**
   * Which of two patterns decides where both match.
   *
   * @returns more than 0 where this one does, with the reason in words of {@link because}
   * (https://developer.hashicorp.com/vault/docs/concepts/policies#priority-matching)
   */
  public compare(other: PathPattern): number {
    for (const { order } of PathPattern.RANKING) {
      const difference = order(this, other);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** Why {@link compare} prefers one: a phrase about the one that loses, such as `its first wildcard comes earlier`. */
  public static because(winner: PathPattern, loser: PathPattern): string {
    return (
      PathPattern.RANKING.find(({ order }) => order(winner, loser) !== 0)?.loses ?? 'it is the same path'
    );
  }

  /** In order: the first that tells two patterns apart decides. */
  private static readonly RANKING: readonly Criterion[] = [
    {
      order: (a, b) => Number(a.kind === 'exact') - Number(b.kind === 'exact'),
      loses: 'the other names the path exactly',
    },
    { order: (a, b) => a.firstWildcard - b.firstWildcard, loses: 'its first wildcard comes earlier' },
    { order: (a, b) => Number(b.isGlob) - Number(a.isGlob), loses: "it ends with '*'" },
    { order: (a, b) => b.wildcards - a.wildcards, loses: "it has more '+' segments" },
    { order: (a, b) => a.length - b.length, loses: 'it is shorter' },
    {
      order: (a, b) => (a.withoutStar > b.withoutStar ? 1 : a.withoutStar < b.withoutStar ? -1 : 0),
      loses: 'it comes first in the alphabet',
    },
  ];
}

interface Criterion {
  readonly order: (a: PathPattern, b: PathPattern) => number;
  readonly loses: string;
}
