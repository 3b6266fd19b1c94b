import {
  ALL_CAPABILITIES,
  type CapabilitySet,
  capabilityNames,
  capabilitySet,
  has,
  NONE,
} from './capability';
import { violatedCondition } from './condition-check';
import { type Conditions, mergeConditions, type RequestDetails, UNCONDITIONAL } from './conditions';
import type { Dialect } from './dialect';
import { isListing, neededCapability, type Operation, WITH_PARAMETERS } from './operation';
import { PathPattern } from './path-pattern';
import type { Policy, PolicyRule, RuleOrigin } from './policy';
import { isRootProtected } from './root-protected';

/** All blocks of all policies of a token on one path, as Vault puts them together. */
export interface AclRule {
  readonly pattern: PathPattern;
  /** None where one of the blocks denies. */
  readonly capabilities: CapabilitySet;
  readonly denies: boolean;
  readonly conditions: Conditions;
  /** The blocks, in the order of the policies. A deny is the only one. */
  readonly origins: readonly RuleOrigin[];
}

export interface Request extends RequestDetails {
  readonly operation: Operation;
  /** Of the API, without `/v1/`, such as `apps/data/billing`. */
  readonly path: string;
}

/** Whether a request is allowed, and what decided. */
export interface Decision {
  readonly allowed: boolean;
  /** In words, for a person: why it is refused, or nothing where it is allowed. */
  readonly refusal?: string;
  /** The same by its kind, for a program; nothing where it is allowed. */
  readonly cause?: RefusalCause;
  /** The one rule that counts; none where no rule matches. */
  readonly rule?: AclRule;
  /** Rules that match the path too and do not count, each with the reason; the next best one first. */
  readonly lost: readonly LostRule[];
}

/**
 * The first that Vault finds, in its order:
 * - `no rule`: none matches the path
 * - `deny`: the rule that counts denies
 * - `capability`: it has not the one that the operation needs
 * - `root-protected`: the path needs `sudo`, which the rule has not
 * - `condition`: another request for the same may be allowed, such as one with its answer wrapped
 */
export type RefusalCause = 'no rule' | 'deny' | 'capability' | 'root-protected' | 'condition';

export interface LostRule {
  readonly rule: AclRule;
  readonly because: string;
}

/**
 * What a token may do: the rules of all its policies, put together and decided as Vault does. Of all rules that match a
 * path only one counts, so a deny that is outranked is no deny.
 */
export class AccessList {
  /**
   * @param policies of one token, with `default` where it has that
   * @param now in milliseconds since 1970: rules that have expired do not count
   * @throws where `root` is not alone, as Vault refuses such a token
   */
  public static of(policies: readonly Policy[], dialect: Dialect, now: number = Date.now()): AccessList {
    const isRoot = policies.some(({ name }) => name === 'root');
    if (isRoot && policies.length > 1) {
      throw new Error(
        `'policies' must be 'root' alone or without it, got ${policies.map(({ name }) => `'${name}'`).join(', ')}; take the others away, they would not count`,
      );
    }
    const merged = new Map<string, AclRule>();
    for (const { rules } of isRoot ? [ROOT] : policies) {
      for (const rule of rules) {
        if (rule.expiration !== undefined && rule.expiration < now) continue;
        merged.set(rule.pattern.text, merge(merged.get(rule.pattern.text), rule));
      }
    }
    return new AccessList(merged, dialect, isRoot);
  }

  /** Of a token without policies. */
  public static nothing(dialect: Dialect): AccessList {
    return new AccessList(new Map(), dialect, false);
  }

  public readonly rules: readonly AclRule[];
  private readonly wild: readonly AclRule[];

  private constructor(
    private readonly byPattern: ReadonlyMap<string, AclRule>,
    public readonly dialect: Dialect,
    public readonly isRoot: boolean,
  ) {
    this.rules = [...byPattern.values()];
    this.wild = this.rules
      .filter(({ pattern }) => pattern.kind !== 'exact')
      .sort((a, b) => b.pattern.compare(a.pattern));
  }

  /** The rule on this very pattern. */
  public rule(pattern: PathPattern): AclRule | undefined {
    return this.byPattern.get(pattern.text);
  }

  /** Decides about a request as Vault does. */
  public decide(request: Request): Decision {
    const { operation } = request;
    if (operation === 'help') return { allowed: true, lost: [] };
    const path = requestPath(request.path, operation);
    const rule = this.deciding(path, operation);
    return { ...this.verdict(request, path, rule), rule, lost: this.lost(path, operation, rule) };
  }

  /** What `sys/capabilities` says of a path: the capabilities of the rule that a listing of it would be decided by. */
  public capabilities(path: string): CapabilitySet {
    return this.deciding(withoutLeadingSlash(path), 'list')?.capabilities ?? NONE;
  }

  /**
   * The one rule that decides about a path.
   *
   * @param path as it arrives at the server: for a listing with its final `/`
   */
  public deciding(path: string, operation: Operation): AclRule | undefined {
    const exact = this.exact(path);
    if (exact) return exact;
    if (!isListing(operation) || !path.endsWith('/')) return this.best(path);
    const bare = path.slice(0, -1);
    return (
      this.exact(bare) ??
      this.listing(
        operation,
        () => this.best(path),
        () => this.best(bare),
      )
    );
  }

  /** As {@link deciding}, where it is known which patterns match: `bare` without the final `/` of the path. */
  public decidingOf(
    matched: readonly PathPattern[],
    listing?: { readonly operation: 'list' | 'scan'; readonly bare: readonly PathPattern[] },
  ): AclRule | undefined {
    const best = this.bestOf(matched);
    if (!listing || best?.pattern.kind === 'exact') return best;
    const bare = this.bestOf(listing.bare);
    if (bare?.pattern.kind === 'exact') return bare;
    return this.listing(
      listing.operation,
      () => best,
      () => bare,
    );
  }

  private listing(
    operation: Operation,
    withSlash: () => AclRule | undefined,
    withoutSlash: () => AclRule | undefined,
  ): AclRule | undefined {
    if (this.dialect.listsWithSlashFirst) return withSlash() ?? withoutSlash();
    if (operation === 'scan' && !this.dialect.scansWithoutSlash) return withSlash();
    return withoutSlash() ?? withSlash();
  }

  private exact(path: string): AclRule | undefined {
    const rule = this.byPattern.get(path);
    return rule?.pattern.kind === 'exact' ? rule : undefined;
  }

  private best(path: string): AclRule | undefined {
    return this.wild.find(({ pattern }) => pattern.matches(path));
  }

  private bestOf(matched: readonly PathPattern[]): AclRule | undefined {
    let best: AclRule | undefined;
    for (const { text } of matched) {
      const rule = this.byPattern.get(text);
      if (rule && (!best || rule.pattern.compare(best.pattern) > 0)) best = rule;
    }
    return best;
  }

  private verdict(
    request: Request,
    path: string,
    rule: AclRule | undefined,
  ): Omit<Decision, 'rule' | 'lost'> {
    if (!rule) return refused('no rule', 'no rule matches');
    const { operation } = request;
    const needed = neededCapability(operation);
    if (rule.denies) return refused('deny', 'the rule denies');
    if (!has(rule.capabilities, needed)) {
      return refused(
        'capability',
        `the rule has no ${needed}, only ${capabilityNames(rule.capabilities).join(', ') || 'nothing'}`,
      );
    }
    if (!has(rule.capabilities, 'sudo') && isRootProtected(path)) {
      return refused('root-protected', 'the path is root-protected and the rule has no sudo');
    }
    if (this.isRoot) return { allowed: true };
    const violated = violatedCondition(rule.conditions, request, {
      checksParameters: WITH_PARAMETERS.some((one) => one === operation),
      checksLimit: isListing(operation),
      dialect: this.dialect,
    });
    return violated === undefined ? { allowed: true } : refused('condition', violated);
  }

  private lost(path: string, operation: Operation, winner: AclRule | undefined): readonly LostRule[] {
    if (!winner) return [];
    const bare = path.slice(0, -1);
    const looksAtBare = isListing(operation) && path.endsWith('/');
    return this.rules
      .filter(({ pattern }) => pattern !== winner.pattern)
      .filter(({ pattern }) => pattern.matches(path) || (looksAtBare && pattern.matches(bare)))
      .sort((a, b) => b.pattern.compare(a.pattern))
      .map((rule) => ({ rule, because: this.because(winner, rule) }));
  }

  private because(winner: AclRule, loser: AclRule): string {
    if (winner.pattern.compare(loser.pattern) > 0) return PathPattern.because(winner.pattern, loser.pattern);
    const looked = this.dialect.listsWithSlashFirst ? "with its final '/'" : "without its final '/'";
    return `${this.dialect.title} looks a listing up ${looked} first`;
  }
}

function refused(cause: RefusalCause, refusal: string): Omit<Decision, 'rule' | 'lost'> {
  return { allowed: false, refusal, cause };
}

/** Vault's HTTP API adds the final `/` of a listing where it is missing. */
function requestPath(path: string, operation: Operation): string {
  const bare = withoutLeadingSlash(path);
  return isListing(operation) && !bare.endsWith('/') ? `${bare}/` : bare;
}

function withoutLeadingSlash(path: string): string {
  return path.replace(/^\/+/, '');
}

function merge(known: AclRule | undefined, rule: PolicyRule): AclRule {
  const { pattern, origin } = rule;
  if (known?.denies) return known;
  if (rule.denies) {
    return { pattern, capabilities: NONE, denies: true, conditions: UNCONDITIONAL, origins: [origin] };
  }
  if (!known) {
    const { capabilities, conditions } = rule;
    return { pattern, capabilities, denies: false, conditions, origins: [origin] };
  }
  return {
    pattern: known.pattern,
    capabilities: known.capabilities | rule.capabilities,
    denies: false,
    conditions: mergeConditions(known.conditions, rule.conditions),
    origins: [...known.origins, origin],
  };
}

/** What `root` comes to: everything, everywhere. */
const ROOT: Policy = {
  name: 'root',
  rules: [
    {
      pattern: PathPattern.of('*'),
      capabilities: capabilitySet(ALL_CAPABILITIES),
      denies: false,
      conditions: UNCONDITIONAL,
      origin: { policy: 'root', line: 1, comment: 'everything' },
    },
  ],
};
