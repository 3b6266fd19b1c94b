import type { PathPattern } from '../policies/path-pattern';
import { unnamedText } from '../policies/unnamed-text';
import type { PathIndex } from './path-index';

/** Makes a path that stands for a whole pattern: one that the pattern matches and that no narrower pattern names. */
export class Witnesses {
  /** Whole segments that some pattern names, and beginnings of a segment that some pattern has before its `*`. */
  private readonly named = new Set<string>();
  private readonly beginnings = new Set<string>();
  private readonly deepest: number;

  public constructor(
    patterns: readonly PathPattern[],
    private readonly index: PathIndex,
  ) {
    let deepest = 0;
    for (const { segments, isGlob, kind } of patterns) {
      deepest = Math.max(deepest, segments.length);
      for (const segment of segments) this.named.add(segment);
      if (isGlob && kind !== 'exact') this.beginnings.add(segments[segments.length - 1] as string);
    }
    this.deepest = deepest;
  }

  /**
   * @returns such a path; where narrower patterns leave none, one that the pattern matches all the same, and that is
   * decided by one of them
   */
  public of(pattern: PathPattern): string {
    if (pattern.kind === 'exact') return pattern.text;
    const last = pattern.segments.length - 1;
    const segments = pattern.segments.map((segment, i) => {
      if (pattern.isGlob && i === last) return this.fresh(segment);
      return pattern.isWildcard(segment) ? this.fresh('') : segment;
    });
    const shortest = segments.join('/');
    let path = shortest;
    // A pattern such as `apps/+` outranks `apps/*` on paths of its own length alone.
    for (let depth = segments.length; pattern.isGlob && depth <= this.deepest; depth += 1) {
      if (this.index.matching(path)[0] === pattern) return path;
      path = `${path}/${this.fresh('')}`;
    }
    return this.index.matching(path)[0] === pattern ? path : shortest;
  }

  /** A segment that begins so and that nothing longer names. */
  private fresh(beginning: string): string {
    return unnamedText(
      beginning,
      (segment) => this.named.has(segment) || this.beginsAsNamed(segment, beginning.length),
    );
  }

  private beginsAsNamed(segment: string, from: number): boolean {
    for (let length = from + 1; length <= segment.length; length += 1) {
      if (this.beginnings.has(segment.slice(0, length))) return true;
    }
    return false;
  }
}
