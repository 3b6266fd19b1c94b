import type { PathPattern } from '../policies/path-pattern';

/** A secret that is declared, by the path at which its value is read. */
export interface SecretPath {
  readonly path: string;
  /** Such as `bizosaas/platform/database`. */
  readonly name: string;
}

/** Finds which of many secrets a pattern matches without trying each. */
export class SecretPaths {
  private readonly sorted: readonly (SecretPath & { readonly place: number })[];

  /** @param secrets each path once */
  public constructor(secrets: Iterable<SecretPath>) {
    this.sorted = [...secrets]
      .map((secret, place) => ({ ...secret, place }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** In the order in which they were given. */
  public matching(pattern: PathPattern): readonly SecretPath[] {
    const { beginning } = pattern;
    const found = [];
    for (let i = this.firstFrom(beginning); i < this.sorted.length; i += 1) {
      const secret = this.sorted[i] as (typeof this.sorted)[number];
      if (!secret.path.startsWith(beginning)) break;
      if (pattern.matches(secret.path)) found.push(secret);
    }
    return found.sort((a, b) => a.place - b.place);
  }

  private firstFrom(beginning: string): number {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle] as SecretPath).path < beginning) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
