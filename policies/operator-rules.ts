import type { Capability } from './capability';
import { OPERATOR_POLICY } from './names';
import { overlap } from './path-overlap';
import { PathPattern } from './path-pattern';
import { PolicyDocument, type Rule } from './policy-document';
import { type TerraformCall, terraformCalls } from './terraform-calls';
import { type TerraformJson, vaultBlocks, vaultProviders } from './terraform-json';

/** What a token must be able to do somewhere. */
export interface RequiredCapability {
  /** An API path. */
  readonly path: string;
  readonly capabilities: readonly Capability[];
}

/** How many addresses a reason names. */
const NAMED = 1;

/** Paths at which Vault asks for `sudo`, of those that Terraform calls here. */
const NEEDS_SUDO = /^sys\/(auth\/.|audit$|audit\/.)/;

/** Where the policy itself is, by its path of today and its old one. */
const ITSELF = ['sys/policies/acl', 'sys/policy'].map((policies) =>
  PathPattern.of(`${policies}/${OPERATOR_POLICY}`),
);

/**
 * The policy of those who deploy: for each object of Vault in the stacks the paths and capabilities that Terraform
 * calls for, and nothing else. Whoever has it can write every secret of the stacks and read none of them.
 *
 * - What Terraform prevents from being destroyed, this policy cannot destroy either, nor the mount that holds it.
 * - What is removed from the stacks is still read, and then deleted, by the deploy that removes it. The policy of
 *   before allows that; one that also allows what is new is made of the stacks of before and after together.
 *
 * What no policy can prevent. Who may write policies and roles can give any right to others, and so to themselves.
 * Who may issue a role's secret id can log in as its service, from where the role allows it. Who may write a secret
 * often enough pushes its older versions out, and who may tune a mount can let the audit log show what it answers.
 * Hence short-lived tokens, an audit log elsewhere, and a review of what the stacks grant.
 *
 * @param stacks everything that is deployed to one server
 * @throws where an object is of an unknown type, has a name that only Terraform can tell, or would be read
 */
export function operatorPolicy(stacks: readonly TerraformJson[]): PolicyDocument {
  const grants = new Grants();
  const engines = new Set<string>();
  for (const stack of stacks) {
    for (const call of providerCalls(stack)) grants.add(call, '');
    for (const block of vaultBlocks(stack)) {
      const { keep, destroy = [], engine, heldBy } = terraformCalls(block);
      if (engine !== undefined) engines.add(engine);
      for (const call of keep) grants.add(call, block.address);
      if (!block.preventsDestroy) {
        for (const call of destroy) grants.add(call, block.address);
      } else {
        for (const { path, capabilities } of destroy) grants.withhold(path, capabilities);
        if (heldBy !== undefined) grants.withhold(heldBy, ['delete']);
      }
    }
  }
  const rules = grants.rules();
  for (const rule of rules) refuseTooMuch(rule, engines);
  return new PolicyDocument(rules);
}

/**
 * What the token of a deploy must be able to do: the same as the policy says, for a check before the deploy.
 * OpenBao refuses a request to `sys/capabilities-self` with 1,000 paths, and takes about 2 ms for each.
 */
export function requiredCapabilities(stacks: readonly TerraformJson[]): readonly RequiredCapability[] {
  return operatorPolicy(stacks)
    .rules()
    .map(({ path, capabilities }) => ({ path, capabilities }));
}

/** The provider itself looks its token up and works with a short-lived child of it. */
function providerCalls(stack: TerraformJson): TerraformCall[] {
  const providers = vaultProviders(stack);
  if (providers.length === 0) return [];
  if (providers.some(({ namespace }) => (namespace ?? null) !== null)) {
    throw new Error(
      "'namespace' of the Vault provider must not be set, got one; policies here are those of one namespace",
    );
  }
  return [
    {
      path: 'auth/token/lookup-self',
      capabilities: ['read'],
      purpose: 'looks up the token that Terraform is given',
    },
    ...(providers.every((provider) => provider.skip_child_token === true)
      ? []
      : [
          {
            path: 'auth/token/create',
            capabilities: ['update'] as const,
            purpose: 'makes the short-lived token that Terraform works with',
          },
        ]),
  ];
}

type CallsAtPath = Map<string, { readonly call: TerraformCall; readonly addresses: Set<string> }>;

/** Calls by path, and what is protected from them. */
class Grants {
  private readonly calls = new Map<string, CallsAtPath>();
  private readonly withheld = new Map<string, Set<Capability>>();

  public add(call: TerraformCall, address: string): void {
    const atPath = this.calls.get(call.path) ?? new Map();
    this.calls.set(call.path, atPath);
    const id = `${call.purpose} ${call.capabilities}`;
    const same = atPath.get(id) ?? { call, addresses: new Set() };
    atPath.set(id, same);
    same.addresses.add(address);
  }

  /** Leaves out every call that needs one of the capabilities at the path, also those that are added later. */
  public withhold(path: string, capabilities: readonly Capability[]): void {
    const atPath = this.withheld.get(path) ?? new Set();
    this.withheld.set(path, atPath);
    for (const one of capabilities) {
      if (one !== 'sudo') atPath.add(one);
    }
  }

  /** In the order of their paths, whatever the order of the stacks and in them. */
  public rules(): Rule[] {
    return [...this.calls]
      .sort(([a], [b]) => order(a, b))
      .flatMap(([path, calls]) => this.rulesAt(path, [...calls.values()]));
  }

  /** One rule for each list of addresses, so that a reason names each address once. */
  private rulesAt(path: string, calls: readonly { call: TerraformCall; addresses: Set<string> }[]): Rule[] {
    const rules = new Map<string, { purposes: Set<string>; capabilities: Capability[]; wrapped?: boolean }>();
    for (const { call, addresses } of calls) {
      if (call.capabilities.some((one) => this.withheld.get(path)?.has(one))) continue;
      const what = listed([...addresses].sort(order));
      const rule = rules.get(what) ?? { purposes: new Set(), capabilities: [], wrapped: call.wrapped };
      rules.set(what, rule);
      rule.purposes.add(call.purpose);
      rule.capabilities.push(...call.capabilities);
    }
    return [...rules]
      .map(([what, { purposes, ...rest }]) => ({
        path,
        reason: `${[...purposes].join(' and ')} ${what}`,
        ...rest,
      }))
      .sort((a, b) => order(a.reason, b.reason));
  }
}

/** By code points: the same on every machine. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function listed(addresses: readonly string[]): string {
  const more = addresses.length - NAMED;
  return more <= 1 ? addresses.join(', ') : `${addresses.slice(0, NAMED).join(', ')} and ${more} more`;
}

/** A last look at what the table of calls gave: nothing may read a secret, write this policy, or be root. */
export function refuseTooMuch({ path, capabilities, reason }: Rule, engines: ReadonlySet<string>): void {
  const found =
    capabilities.includes('read') && readsFrom(path, engines)
      ? 'read what is in a secrets engine'
      : ITSELF.some((policy) => overlap(PathPattern.of(path), policy))
        ? 'reach the policy itself'
        : capabilities.includes('sudo') && !NEEDS_SUDO.test(path)
          ? "have 'sudo' where Vault does not ask for it"
          : undefined;
  if (found === undefined) return;
  throw new Error(
    `policy '${OPERATOR_POLICY}' must not ${found}, got '${path}', which ${reason}; take it out of the stacks`,
  );
}

function readsFrom(path: string, engines: ReadonlySet<string>): boolean {
  const pattern = PathPattern.of(path);
  return [...engines].some((engine) => overlap(pattern, PathPattern.of(`${engine}/*`)));
}
