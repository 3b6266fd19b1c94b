import type { Identity } from '../access/environment-access';
import { shownNames } from '../access/notes';
import type { AccessList, AclRule } from '../policies/access-list';
import type { PathPattern } from '../policies/path-pattern';
import { MARK } from '../policies/terraform-value';
import { groupedBy } from './grouped-by';
import { remembered } from './remembered';
import type { ReviewedEnvironment } from './reviewed-environment';
import type { Observation } from './rule';

/** What is wrong with a rule of a policy, for those that have it. */
export interface PolicyObservation {
  /** Where the policy is declared, the observation is. */
  readonly policy: string;
  /** What is seen, to which is added whom it is about. */
  readonly seen: string;
  readonly remedy: string;
}

/**
 * Asks about each identity and puts together what is the same for several. Whoever has the same access list is asked
 * about once. Tokens of `root` are left out, who have no rules.
 */
export function observed(
  environment: ReviewedEnvironment,
  ask: (list: AccessList, identity: Identity) => Iterable<PolicyObservation>,
): readonly Observation[] {
  const found = new Map<string, { readonly one: PolicyObservation; readonly identities: Identity[] }>();
  for (const [list, identities] of byAccessList(environment)) {
    if (list.isRoot) continue;
    for (const one of ask(list, identities[0] as Identity)) {
      const key = [one.policy, one.seen, one.remedy].join('\0');
      const same = found.get(key) ?? { one, identities: [] };
      found.set(key, same);
      same.identities.push(...identities);
    }
  }
  return [...found.values()].flatMap(({ one, identities }) => observation(environment, one, identities));
}

const byAccessList = remembered(
  ({ access }: ReviewedEnvironment): ReadonlyMap<AccessList, readonly Identity[]> =>
    groupedBy(access.identities, ({ accessList }) => accessList),
);

function observation(
  environment: ReviewedEnvironment,
  { policy, seen, remedy }: PolicyObservation,
  identities: readonly Identity[],
): Observation {
  return { ...policyPlace(environment, policy), seen: `${seen}, for ${holders(identities)}`, remedy };
}

/** Where a policy is declared. */
export function policyPlace(
  environment: ReviewedEnvironment,
  policy: string,
): Pick<Observation, 'stack' | 'address' | 'constructPath'> {
  const declared = environment.policyBlocks.get(policy);
  if (!declared) return { stack: environment.name, address: `policy ${policy}` };
  const { stack, block, constructPath } = declared;
  return { stack, address: block.address, ...(constructPath !== undefined && { constructPath }) };
}

function holders(identities: readonly Identity[]): string {
  const names = identities.map(({ kind, fullName }) =>
    kind === 'policy' ? 'whoever gets the policy' : `${kind} '${fullName}'`,
  );
  return shownNames([...new Set(names)]);
}

/** Rules of policies that somebody wrote, in their order: not those of the policy `default` that a server brings. */
export function ownRules(environment: ReviewedEnvironment, list: AccessList): readonly AclRule[] {
  return ownRulesIn(environment)(list);
}

const ownRulesIn = remembered((environment: ReviewedEnvironment) =>
  remembered(({ rules }: AccessList): readonly AclRule[] => rules.filter((rule) => isOwn(environment, rule))),
);

export function isOwn(environment: ReviewedEnvironment, { origins }: AclRule): boolean {
  return origins.some(({ policy }) => isDeclared(environment, policy));
}

/** The policy that an observation about a rule belongs to: the first one that somebody wrote. */
export function policyOf(environment: ReviewedEnvironment, { origins }: AclRule): string {
  const own = origins.find(({ policy }) => isDeclared(environment, policy)) ?? origins[0];
  return (own as { policy: string }).policy;
}

/** Whether somebody wrote a policy: the stacks declare it, or a folder of policies holds it. */
export function isDeclared({ policyBlocks }: ReviewedEnvironment, policy: string): boolean {
  return policyBlocks.has(policy) || (policy !== 'default' && policy !== 'root');
}

/** Whether all of a path is known before an apply: no template, and nothing that only Terraform knows. */
export function isKnown({ text }: PathPattern): boolean {
  return !text.includes('{{') && text.search(MARK) < 0;
}
