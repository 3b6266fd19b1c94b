import { type TerraformStack, Testing } from 'cdktf';
import { AccessList, type Decision, neededCapability, type Operation } from '../policies/access-list';
import { capabilitySet } from '../policies/capability';
import type { RequestDetails } from '../policies/conditions';
import { type KvVerb, kvRules } from '../policies/kv-access';
import { PathPattern } from '../policies/path-pattern';
import { loadPolicyParser } from '../policies/policy-text';
import { type Grant, reachBeyond, requestsWithin } from '../policies/reach';
import type { EnvironmentAccess, Identity } from './environment-access';
import { decisionLines, ruleText } from './rule-text';
import { accessOfStacks } from './synth';

// The parser of policies is loaded once for the file that imports this.
(globalThis as { beforeAll?: (setUp: () => Promise<void>) => void }).beforeAll?.(loadPolicyParser);

/** A secret or a tree of secrets of a KV v2 engine: what `addSecret` and `tree` of a mount return, or the like. */
export interface KvTarget {
  readonly mount: { readonly path: string };
  /** Of one secret, below the mount. */
  readonly path?: string;
  /** Of a tree, below the mount: with its final `*`. */
  readonly pattern?: string;
}

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
  const jsons = new Map(list.map((stack) => [stack.toString(), JSON.parse(Testing.synth(stack, true))]));
  return new AccessExpectation(accessOfStacks(jsons));
}

export class AccessExpectation {
  public constructor(private readonly environment: EnvironmentAccess) {}

  /**
   * @param name as the platform calls it, or as Vault does
   * @throws on one that is not declared
   */
  public identity(name: string): IdentityExpectation {
    const { identities } = this.environment;
    const found =
      identities.find((one) => one.fullName === name) ?? identities.find((one) => one.name === name);
    if (found) return new IdentityExpectation(found, this.environment);
    throw new Error(
      `'identity' must be declared in ${this.environment.name}, got '${name}'; there are ${identities.map((one) => one.name).join(', ')}`,
    );
  }
}

/** Each statement returns the same object, so that {@link cannotReachAnythingElse} knows what was said. */
export class IdentityExpectation {
  private readonly said: Grant[] = [];

  public constructor(
    private readonly identity: Identity,
    private readonly environment: EnvironmentAccess,
  ) {}

  /**
   * States that it is allowed: a verb on a secret or on all secrets of a tree, or an operation on a path of the API. A
   * path with wildcards stands for all paths that Vault would match.
   */
  public can(verb: KvVerb, target: KvTarget, details?: RequestDetails): this;
  public can(operation: Operation, path: string, details?: RequestDetails): this;
  public can(what: string, target: KvTarget | string, details: RequestDetails = {}): this {
    for (const { operation, pattern } of requests(what, target)) {
      this.examine(`must ${operation}`, operation, pattern, details, true);
      this.said.push({ pattern, capabilities: capabilitySet([neededCapability(operation)]) });
    }
    return this;
  }

  /** States that it is refused: on every path, and of a verb that needs several requests each of them. */
  public cannot(verb: KvVerb, target: KvTarget, details?: RequestDetails): this;
  public cannot(operation: Operation, path: string, details?: RequestDetails): this;
  public cannot(what: string, target: KvTarget | string, details: RequestDetails = {}): this {
    for (const { operation, pattern } of requests(what, target)) {
      this.examine(`must not ${operation}`, operation, pattern, details, false);
    }
    return this;
  }

  /**
   * States that what was said by {@link can} is all: nothing more is allowed on any path there is. What the policy
   * `default` gives to every token does not count.
   */
  public cannotReachAnythingElse(): this {
    const reached = reachBeyond(this.list, this.said, this.everyToken());
    if (reached.length === 0) return this;
    const lines = reached.map(
      ({ witness, capabilities, rule }) =>
        `  ${capabilities.join(', ')} on ${witness}\n    by ${ruleText(rule)}`,
    );
    throw new Error(`${this.who} must not reach anything else, got\n${lines.join('\n')}`);
  }

  private get list(): AccessList {
    return this.identity.accessList;
  }

  private get who(): string {
    return `'${this.identity.name}' of ${this.environment.name}`;
  }

  private examine(
    must: string,
    operation: Operation,
    pattern: PathPattern,
    details: RequestDetails,
    expected: boolean,
  ): void {
    for (const request of requestsWithin(this.list, pattern, operation)) {
      const decision = this.list.decide({ ...details, ...request });
      if (decision.allowed !== expected) throw this.contradiction(must, request.path, decision);
    }
  }

  /** What the policy `default` allows, where this identity has it. */
  private everyToken(): AccessList | undefined {
    const policy = this.environment.policies.get('default');
    return policy && this.identity.policies.includes('default')
      ? AccessList.of([policy], this.list.dialect)
      : undefined;
  }

  private contradiction(must: string, path: string, decision: Decision): Error {
    const { refusal, rule } = decision;
    return new Error(
      [
        `${this.who} ${must} ${path}, got ${refusal === undefined ? 'allowed' : `refused: ${refusal}`}`,
        ...decisionLines(decision).map((line) => `  ${line}`),
        ...(rule ? [] : [`  policies: ${this.identity.policies.join(', ')}`]),
      ].join('\n'),
    );
  }
}

function requests(
  what: string,
  target: KvTarget | string,
): readonly { operation: Operation; pattern: PathPattern }[] {
  if (typeof target === 'string') {
    return [{ operation: what as Operation, pattern: PathPattern.of(target) }];
  }
  const path = target.path ?? target.pattern;
  if (path === undefined) {
    throw new Error(
      "'target' must have a 'path' or a 'pattern', got neither; give a secret, a tree or a path",
    );
  }
  return kvRules(target.mount.path, path, what as KvVerb, '').flatMap(({ path: apiPath, capabilities }) =>
    capabilities.map((operation) => ({
      operation: operation as Operation,
      pattern: PathPattern.of(apiPath),
    })),
  );
}
