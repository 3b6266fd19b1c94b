import { CAPABILITIES, type Capability } from './capability';
import { oneLine } from './one-line';
import { covers, overlap } from './path-overlap';
import { PathPattern } from './path-pattern';

/** With it an answer that is not wrapped is refused. */
const WRAPPED = '  min_wrapping_ttl = "1s"\n';

/** One thing that is granted: a path in Vault's own syntax, what may be done there, and why. */
export interface Rule {
  /** Full API path such as `apps/data/billing`; `+` is one segment, a final `*` any rest. */
  readonly path: string;
  readonly capabilities: readonly Capability[];
  /** Why the rule exists, in one line; becomes the comment above it. */
  readonly reason: string;
  /**
   * Whether Vault must wrap its answers, so that a credential in them is not seen on the way. The same in all
   * rules that match the path.
   * @default false
   */
  readonly wrapped?: boolean;
}

/** A rule of a finished document: reasons of all grants on the path, capabilities in Vault's usual order. */
export interface MergedRule {
  readonly path: string;
  readonly capabilities: readonly Capability[];
  readonly reasons: readonly string[];
  readonly wrapped?: true;
}

interface Grant {
  readonly pattern: PathPattern;
  readonly capabilities: Set<Capability>;
  readonly reasons: string[];
  readonly wrapped: boolean;
}

type Granted = Map<string, Grant>;

/**
 * A Vault policy as a value: rules are added, then rendered to HCL. Grants on the same path are merged.
 *
 * Vault decides by the most specific rule alone. Where a narrower rule would take away what a wider one of
 * the same policy gives, it is given the wider one's capabilities too; where that would give more than was
 * granted, {@link rules} throws and names both rules.
 */
export class PolicyDocument {
  private readonly granted: Granted = new Map();

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
    grant(this.granted, rule);
  }

  public get isEmpty(): boolean {
    return this.granted.size === 0;
  }

  /** The rules in the order in which they were granted. Throws where one grant would take another away. */
  public rules(): readonly MergedRule[] {
    const finished = this.finished();
    return [...finished].map(([path, { capabilities, reasons, wrapped }]) => ({
      path,
      capabilities: CAPABILITIES.filter((one) => capabilities.has(one)),
      reasons: [...reasons],
      ...(wrapped && { wrapped: true as const }),
    }));
  }

  /** Renders the document as Vault HCL, ready for `vault policy write`. */
  public render(): string {
    return this.rules()
      .map(
        (rule) =>
          `${rule.reasons.map((reason) => `# ${reason}\n`).join('')}path "${rule.path}" {\n  capabilities = [${rule.capabilities.map((one) => `"${one}"`).join(', ')}]\n${rule.wrapped ? WRAPPED : ''}}\n`,
      )
      .join('\n');
  }

  private finished(): Granted {
    if (![...this.granted.keys()].some(hasWildcard)) return this.granted;
    const copy: Granted = new Map();
    for (const [path, { pattern, capabilities, reasons, wrapped }] of this.granted) {
      copy.set(path, { pattern, capabilities: new Set(capabilities), reasons: [...reasons], wrapped });
    }
    keepListing(copy);
    keepWhatIsGranted(copy);
    return copy;
  }
}

function grant(granted: Granted, { path, capabilities, reason, wrapped = false }: Rule): void {
  const known = granted.get(path);
  if (!known) {
    granted.set(path, {
      pattern: PathPattern.of(path),
      capabilities: new Set(capabilities),
      reasons: [oneLine(reason)],
      wrapped,
    });
    return;
  }
  if (known.wrapped !== wrapped) throw wrappedTwice(path, path);
  for (const capability of capabilities) known.capabilities.add(capability);
  if (!known.reasons.includes(oneLine(reason))) known.reasons.push(oneLine(reason));
}

/**
 * Names are listed at a path that ends in `/`, and Vault looks for a rule without this `/` too, first or last
 * by its version. So a wider rule may decide without it; then the listing gets a rule there as well.
 */
function keepListing(granted: Granted): void {
  for (const [path, { capabilities }] of [...granted]) {
    if (!capabilities.has('list')) continue;
    for (const twin of listingTwins(path)) {
      const pattern = PathPattern.of(twin);
      const [wider] =
        [...granted].find(([, rule]) => !rule.capabilities.has('list') && overlap(rule.pattern, pattern)) ??
        [];
      if (wider === undefined) continue;
      // A final `+` also matches nothing: the rule would list the folder above.
      if (twin.endsWith('+')) throw takesAway(wider, ['list'], path);
      const reason = `keeps list of "${path}", which Vault also looks up as "${twin}"`;
      grant(granted, { path: twin, capabilities: ['list'], reason });
    }
  }
}

/** Widest first, so that a capability carried into a rule is carried on into the ones below it. */
function keepWhatIsGranted(granted: Granted): void {
  const ranked = [...granted].sort(([, a], [, b]) => a.pattern.compare(b.pattern));
  for (const [i, [lower, from]] of ranked.entries()) {
    // The rest are exact, and match nothing of each other.
    if (!hasWildcard(lower)) return;
    for (const [upper, to] of ranked.slice(i + 1)) {
      const missing = [...from.capabilities].filter((one) => !to.capabilities.has(one));
      const isAlike = from.wrapped === to.wrapped;
      if ((missing.length === 0 && isAlike) || !overlap(from.pattern, to.pattern)) continue;
      if (!isAlike) throw wrappedTwice(lower, upper);
      if (!covers(from.pattern, to.pattern)) throw takesAway(upper, missing, lower);
      for (const one of missing) to.capabilities.add(one);
      to.reasons.push(`keeps ${missing.join(', ')} of "${lower}", which this rule outranks`);
    }
  }
}

function takesAway(from: string, capabilities: readonly Capability[], to: string): Error {
  return new Error(
    `rule "${from}" would take ${capabilities.map((one) => `'${one}'`).join(', ')} away from rule "${to}" on the paths that both match, since Vault uses the most specific rule alone; grant the same on both, or make one of them narrower`,
  );
}

function wrappedTwice(a: string, b: string): Error {
  return new Error(
    `'wrapped' must be the same in all rules that match a path, got both for "${a}"${a === b ? '' : ` and "${b}"`}; grant it in one way`,
  );
}

function hasWildcard(path: string): boolean {
  return /[+*]/.test(path);
}

/** Patterns that a listing of `path` may be looked up by, with or without the final `/`, and `path` does not match. */
function listingTwins(path: string): string[] {
  return [
    ...(/.\/[+*]?$/.test(path) ? [path.slice(0, path.lastIndexOf('/'))] : []),
    ...(path.includes('+') && !/[*/]$/.test(path) ? [`${path}/`] : []),
  ];
}
