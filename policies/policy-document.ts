import { covers, outranks, overlap } from './precedence';

/** What a Vault policy can allow on a path. `write` is not one of them, Vault refuses it. */
export const CAPABILITIES = ['create', 'read', 'update', 'patch', 'delete', 'list', 'sudo'] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** One thing that is granted: a path in Vault's own syntax, what may be done there, and why. */
export interface Rule {
  /** Full API path such as `apps/data/billing`; `+` is one segment, a final `*` any rest. */
  readonly path: string;
  readonly capabilities: readonly Capability[];
  /** Why the rule exists, in one line; becomes the comment above it. */
  readonly reason: string;
}

/** A rule of a finished document: reasons of all grants on the path, capabilities in Vault's usual order. */
export interface MergedRule {
  readonly path: string;
  readonly capabilities: readonly Capability[];
  readonly reasons: readonly string[];
}

/**
 * A Vault policy as a value: rules are added, then rendered to HCL. Grants on the same path are merged.
 *
 * Vault decides by the most specific rule alone. Where a narrower rule would take away what a wider one of
 * the same policy gives, it is given the wider one's capabilities too; where that would give more than was
 * granted, {@link rules} throws and names both rules.
 */
export class PolicyDocument {
  private readonly granted = new Map<string, { capabilities: Set<Capability>; reasons: string[] }>();

  public constructor(rules: readonly Rule[] = []) {
    for (const rule of rules) this.add(rule);
  }

  /** Grants one more thing. Throws on an empty capability list and on a path that Vault would refuse or change. */
  public add(rule: Rule): void {
    const { path } = rule;
    if (path === '' || path.startsWith('/') || /[\s\p{C}"\\{}]|\/\/|\+\*|\*.|[^/]\+|\+[^/]/u.test(path)) {
      throw new Error(
        `'path' must be a Vault path without leading '/', with '+' only as a whole segment and '*' only at the end, got '${path}'; write it as 'apps/data/team/*'`,
      );
    }
    if (rule.capabilities.length === 0) {
      throw new Error(`'capabilities' of '${path}' must not be empty, got []; leave the rule out instead`);
    }
    const known = this.granted.get(path);
    if (!known) {
      this.granted.set(path, { capabilities: new Set(rule.capabilities), reasons: [oneLine(rule.reason)] });
      return;
    }
    for (const capability of rule.capabilities) known.capabilities.add(capability);
    if (!known.reasons.includes(oneLine(rule.reason))) known.reasons.push(oneLine(rule.reason));
  }

  public get isEmpty(): boolean {
    return this.granted.size === 0;
  }

  /** The rules in the order in which they were granted. Throws where one grant would take another away. */
  public rules(): readonly MergedRule[] {
    if ([...this.granted.keys()].some((path) => path.endsWith('*') || path.includes('+'))) {
      this.keepListing();
      this.keepWhatIsGranted([...this.granted.keys()]);
    }
    return [...this.granted.keys()].map((path) => {
      const { capabilities, reasons } = this.granted.get(path) as {
        capabilities: Set<Capability>;
        reasons: string[];
      };
      return {
        path,
        capabilities: CAPABILITIES.filter((one) => capabilities.has(one)),
        reasons: [...reasons],
      };
    });
  }

  /** Renders the document as Vault HCL, ready for `vault policy write`. */
  public render(): string {
    return this.rules()
      .map(
        (rule) =>
          `${rule.reasons.map((reason) => `# ${reason}\n`).join('')}path "${rule.path}" {\n  capabilities = [${rule.capabilities.map((one) => `"${one}"`).join(', ')}]\n}\n`,
      )
      .join('\n');
  }

  /**
   * Names are listed at a path that ends in `/`, and Vault looks for a rule without this `/` too, first or last
   * by its version. So a wider rule may decide without it; then the listing gets a rule there as well.
   */
  private keepListing(): void {
    for (const [path, { capabilities }] of [...this.granted]) {
      if (!capabilities.has('list')) continue;
      for (const twin of listingTwins(path)) {
        const takenAway = [...this.granted].some(
          ([other, rule]) => !rule.capabilities.has('list') && overlap(other, twin),
        );
        if (takenAway) {
          this.add({
            path: twin,
            capabilities: ['list'],
            reason: `keeps list of "${path}", which Vault also looks up as "${twin}"`,
          });
        }
      }
    }
  }

  /** Widest first, so that a capability carried into a rule is carried on into the ones below it. */
  private keepWhatIsGranted(paths: readonly string[]): void {
    const ranked = [...paths].sort((a, b) => (outranks(a, b) ? 1 : -1));
    for (const [i, lower] of ranked.entries()) {
      for (const upper of ranked.slice(i + 1)) {
        if (overlap(lower, upper)) this.carry(lower, upper);
      }
    }
  }

  private carry(lower: string, upper: string): void {
    const from = this.granted.get(lower) as { capabilities: Set<Capability> };
    const to = this.granted.get(upper) as { capabilities: Set<Capability>; reasons: string[] };
    const missing = [...from.capabilities].filter((one) => !to.capabilities.has(one));
    if (missing.length === 0) return;
    if (!covers(lower, upper)) {
      throw new Error(
        `rule "${upper}" would take ${missing.map((one) => `'${one}'`).join(', ')} away from rule "${lower}" on the paths that both match, since Vault uses the most specific rule alone; grant the same on both, or make one of them narrower`,
      );
    }
    for (const one of missing) to.capabilities.add(one);
    to.reasons.push(`keeps ${missing.join(', ')} of "${lower}", which this rule outranks`);
  }
}

/** Patterns that a listing of `path` may be looked up by, with or without the final `/`, and `path` does not match. */
function listingTwins(path: string): string[] {
  return [
    ...(/.\/[+*]?$/.test(path) ? [path.slice(0, path.lastIndexOf('/'))] : []),
    ...(path.includes('+') && !/[*/]$/.test(path) ? [`${path}/`] : []),
  ];
}

/** Other characters, such as NUL and those that change the direction of writing, would hide what a comment says. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, ' ').trim();
}
