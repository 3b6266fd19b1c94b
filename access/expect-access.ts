import { type TerraformStack, Testing } from 'cdktf';
import type { AccessList, Decision } from '../policies/access-list';
import { capabilitySet } from '../policies/capability';
import { isSatisfiable, type RequestDetails } from '../policies/conditions';
import type { KvVerb } from '../policies/kv-access';
import { didYouMean } from '../policies/nearest-name';
import { neededCapability, type Operation } from '../policies/operation';
import { loadPolicyParser } from '../policies/policy-text';
import { type Grant, reachBeyond, requestsWithin } from '../policies/reach';
import { isRootProtected } from '../policies/root-protected';
import { serverDefault } from './built-in-policies';
import type { EnvironmentAccess, Identity } from './environment-access';
import { identitiesNamed } from './find-identity';
import { gapsOf } from './identity-gaps';
import { decisionLines, ruleText } from './rule-text';
import {
  type KvTarget,
  type Some,
  type StatedOperation,
  type StatedRequest,
  sameByOtherWays,
  statedRequests,
} from './stated-requests';
import { accessOfStacks } from './synth';

export type { KvTarget } from './stated-requests';

// The parser of policies is loaded once for the file that imports this.
(globalThis as { beforeAll?: (setUp: () => Promise<void>) => void }).beforeAll?.(loadPolicyParser);

/**
 * Statements about who can reach what in some stacks, for tests: each that does not hold throws, and says which rule
 * decided. They look at the synthesized JSON alone, so any stack that declares Vault's policies can be asked.
 *
 * ```ts
 * expectAccess(platform.stacks).identity('billing').can('read', database).cannotReachAnythingElse();
 * ```
 *
 * @param stacks of one environment: all that declare policies, roles, tokens and secrets of one server
 */
export function expectAccess(stacks: TerraformStack | readonly TerraformStack[]): AccessExpectation {
  const list = Array.isArray(stacks) ? (stacks as readonly TerraformStack[]) : [stacks as TerraformStack];
  const distinct = [...new Set(list)];
  // As an app does before it writes them: what one stack has of another becomes an output of that.
  if (distinct.length > 1) for (const stack of distinct) stack.prepareStack();
  const jsons = new Map<string, object>();
  for (const stack of distinct) {
    const name = stack.toString();
    if (jsons.has(name)) {
      throw new Error(
        `'stacks' must have names of their own, got two called '${name}'; give those of one environment`,
      );
    }
    jsons.set(name, JSON.parse(Testing.synth(stack, true)));
  }
  return new AccessExpectation(accessOfStacks(jsons));
}

export class AccessExpectation {
  public constructor(private readonly environment: EnvironmentAccess) {}

  /** The names of all that get a token, so that a test can state that it knows them. */
  public get identities(): readonly string[] {
    return this.environment.identities.map(({ name }) => name);
  }

  /**
   * @param name as the platform calls it, or as Vault does
   * @throws on one that is not declared, and on a name that several have
   */
  public identity(name: string): IdentityExpectation {
    const [found, another] = identitiesNamed(this.environment, name);
    if (found && !another) return new IdentityExpectation(found, this.environment);
    throw found ? this.ambiguous(name) : this.undeclared(name);
  }

  private ambiguous(name: string): Error {
    const names = identitiesNamed(this.environment, name).map((one) => `'${one.name}' (${one.address})`);
    return new Error(
      `'identity' must be one of ${this.environment.name}, got '${name}', which ${names.length} are called; name one of ${names.join(', ')}`,
    );
  }

  private undeclared(name: string): Error {
    const names = this.environment.identities.map((one) => one.name);
    const known = names.length === 0 ? 'it declares none' : `there are ${names.join(', ')}`;
    return new Error(
      `'identity' must be declared in ${this.environment.name}, got '${name}'; ${didYouMean(name, names, known)}`,
    );
  }
}

/**
 * Each statement returns the same object, so that {@link cannotReachAnythingElse} knows what was said.
 *
 * What cannot be told before an apply, such as what a policy of other stacks allows, may be anything: then {@link can}
 * holds by what is known, and the other two fail.
 */
export class IdentityExpectation {
  private readonly said: Grant[] = [];

  public constructor(
    private readonly identity: Identity,
    private readonly environment: EnvironmentAccess,
  ) {}

  /**
   * States that it is allowed: a verb on a secret or on all secrets of a tree, or an operation on a path of the API. A
   * path with wildcards stands for all paths that Vault would match, but for those among them that need `sudo`, such as
   * `auth/token/accessors` among `auth/*`: they are stated by themselves, and the right to them is stated with them.
   *
   * @param details how the request is. @default neither wrapped nor with parameters
   */
  public can(verbs: Some<KvVerb>, target: KvTarget, details?: RequestDetails): this;
  public can(operations: Some<StatedOperation>, path: string, details?: RequestDetails): this;
  public can(what: Some<string>, target: KvTarget | string, details: RequestDetails = {}): this {
    for (const request of statedRequests(what, target, this.environment)) {
      const { operation, pattern } = request;
      const paths = this.pathsOf(request);
      const unprotected = paths.filter((path) => !isRootProtected(path));
      for (const path of unprotected.length > 0 ? unprotected : paths) {
        const decision = this.decide(operation, path, details);
        if (!decision.allowed) {
          throw this.contradiction(`must be able to`, request, path, decision, `refused`);
        }
      }
      const needed = neededCapability(operation as Operation);
      const capabilities = capabilitySet(unprotected.length > 0 ? [needed] : [needed, 'sudo']);
      this.said.push({ pattern, capabilities });
    }
    return this;
  }

  /**
   * States that it is refused: on every path, and of a verb that needs several requests each of them, and what comes to
   * the same by another way, as a patch does to writing.
   *
   * @param details how the request is; `{}` is neither wrapped nor with parameters. @default every request, however it is
   */
  public cannot(verbs: Some<KvVerb>, target: KvTarget, details?: RequestDetails): this;
  public cannot(operations: Some<StatedOperation>, path: string, details?: RequestDetails): this;
  public cannot(what: Some<string>, target: KvTarget | string, details?: RequestDetails): this {
    const requests = statedRequests(what, target, this.environment);
    for (const request of [...requests, ...sameByOtherWays(what, target)]) {
      for (const path of this.pathsOf(request)) {
        const decision = this.decide(request.operation, path, details);
        const isConditional = !details && isRefusedByCondition(decision);
        if (!decision.allowed && !isConditional) continue;
        const got = isConditional ? 'allowed on a condition' : 'allowed';
        throw this.contradiction('must not be able to', request, path, decision, got);
      }
    }
    this.requireKnown();
    return this;
  }

  /**
   * States that what was said by {@link can} is all: nothing more is allowed on any path there is. What the server's own
   * policy `default` gives to every token does not count. How a request must be is not compared: that something is
   * allowed with a wrapped answer alone is stated by {@link cannot} with `{}`.
   */
  public cannotReachAnythingElse(): this {
    const reached = reachBeyond(this.list, this.said, serverDefault(this.identity, this.environment));
    if (reached.length > 0) {
      const lines = reached.flatMap(({ witness, capabilities, rule }) => [
        `  ${capabilities.join(', ')} on ${witness}`,
        `    by ${ruleText(rule)}`,
      ]);
      throw new Error([`${this.who} must not reach anything else, got`, ...lines].join('\n'));
    }
    this.requireKnown();
    return this;
  }

  private get list(): AccessList {
    return this.identity.accessList;
  }

  private get who(): string {
    return `'${this.identity.name}' of ${this.environment.name}`;
  }

  /** One for each way in which is decided about the paths of a statement. */
  private pathsOf({ operation, pattern }: StatedRequest): readonly string[] {
    const paths = [...requestsWithin(this.list, pattern, operation as Operation)].map(({ path }) => path);
    if (paths.length > 0) return paths;
    throw new Error(
      `'path' must be one that a request can have, got '${pattern.text}'; write it as in a policy`,
    );
  }

  private decide(operation: StatedOperation, path: string, details: RequestDetails | undefined): Decision {
    return this.list.decide({ ...details, operation: operation as Operation, path });
  }

  private requireKnown(): void {
    const gaps = gapsOf(this.identity, this.environment);
    if (gaps.length === 0) return;
    const lines = gaps.map((gap) => `  ${gap}`);
    throw new Error(
      [
        `all that ${this.who} can reach must be known to say what it cannot, got what only an apply or other stacks tell`,
        ...lines,
      ].join('\n'),
    );
  }

  private contradiction(
    must: string,
    { words, pattern }: StatedRequest,
    path: string,
    decision: Decision,
    got: string,
  ): Error {
    const { refusal, rule } = decision;
    const place = path.replace(/\/$/, '') === pattern.text.replace(/\/$/, '') ? '' : ` on ${path}`;
    const why = refusal === undefined ? '' : `: ${refusal}`;
    return new Error(
      [
        `${this.who} ${must} ${words} ${pattern.text}, got ${got}${place}${why}`,
        ...decisionLines(decision).map((line) => `  ${line}`),
        ...(rule ? [] : [`  policies: ${this.identity.policies.join(', ') || 'none'}`]),
      ].join('\n'),
    );
  }
}

/** Whether a request that is otherwise the same is allowed: with its answer wrapped, or with some parameters. */
function isRefusedByCondition({ cause, rule }: Decision): boolean {
  return cause === 'condition' && rule !== undefined && isSatisfiable(rule.conditions);
}
