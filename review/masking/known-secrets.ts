/** Shorter ones would hide half of what there is to see; in characters. */
const SHORTEST = 8;

/** Nothing has more. */
const MOST = 20_000;

/** Secrets that are known by what they are: where one of them stands, it is hidden, whatever it is called there. */
export class KnownSecrets {
  private static readonly nothing = new KnownSecrets([]);

  /** Secrets by their first four characters as one number, longest first. */
  private readonly byStart = new Map<number, string[]>();
  /** Texts in which there is nothing to hide. The same come again with each resource, and before and after. */
  private readonly harmless = new Set<string>();

  /** Where names and forms alone tell what is secret. */
  public static none(): KnownSecrets {
    return KnownSecrets.nothing;
  }

  /** @param secrets of which those are left out that are too short, and those that are too many */
  public constructor(secrets: Iterable<string>) {
    const all = new Set<string>();
    for (const secret of secrets) {
      if (secret.length >= SHORTEST && all.size < MOST) all.add(secret);
    }
    for (const secret of all) {
      const start = startOf(secret, 0);
      const same = this.byStart.get(start);
      if (same) same.push(secret);
      else this.byStart.set(start, [secret]);
    }
    for (const list of this.byStart.values()) list.sort((a, b) => b.length - a.length);
  }

  /** Whether a text was searched before, and nothing was hidden in it. */
  public isHarmless(text: string): boolean {
    return this.harmless.has(text);
  }

  public remember(text: string): void {
    if (this.harmless.size < MOST) this.harmless.add(text);
  }

  /** A text with each of them replaced. */
  public without(text: string, hide: (secret: string) => string): string {
    if (this.byStart.size === 0 || text.length < SHORTEST) return text;
    let masked = '';
    let from = 0;
    for (let at = 0; at <= text.length - SHORTEST; at += 1) {
      const secret = this.byStart.get(startOf(text, at))?.find((one) => text.startsWith(one, at));
      if (secret === undefined) continue;
      masked += `${text.slice(from, at)}${hide(secret)}`;
      from = at + secret.length;
      at = from - 1;
    }
    return from === 0 ? text : `${masked}${text.slice(from)}`;
  }
}

function startOf(text: string, at: number): number {
  return (
    text.charCodeAt(at) ^
    Math.imul(text.charCodeAt(at + 1), 0x1f1f) ^
    Math.imul(text.charCodeAt(at + 2), 0x3b9a_ca07) ^
    Math.imul(text.charCodeAt(at + 3), 0x1000_193)
  );
}
