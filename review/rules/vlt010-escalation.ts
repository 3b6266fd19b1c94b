import { ruleText } from '../../access/rule-text';
import type { AccessList, AclRule } from '../../policies/access-list';
import { type CapabilitySet, capabilitySet, has, NONE } from '../../policies/capability';
import { PathPattern } from '../../policies/path-pattern';
import { allowingWithin, sharePaths } from '../deciding-within';
import { isOwn, observed, policyOf } from '../policy-observations';
import { remembered } from '../remembered';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Observation, Rule } from '../rule';

interface Way {
  readonly can: string;
  readonly paths: readonly PathPattern[];
  readonly operations: readonly ('create' | 'update' | 'patch')[];
  /** @default any rule */
  readonly by?: (rule: AclRule) => boolean;
}

const paths = (...texts: readonly string[]) => texts.map((text) => PathPattern.of(text));

/** Each is a way to more rights than the policies say. Vault limits a new token to the policies of who asks, but for `sudo`. */
const WAYS: readonly Way[] = [
  {
    can: 'write policies',
    paths: paths('sys/policies/acl/*', 'sys/policy/*'),
    operations: ['update'],
  },
  {
    can: 'write roles and users of auth methods, with any policies',
    paths: paths(
      'auth/+/role/+',
      'auth/+/role/+/policies',
      'auth/+/role/+/token-policies',
      'auth/+/roles/+',
      'auth/+/users/+',
      'auth/+/users/+/policies',
      'auth/+/groups/+',
      'auth/+/certs/+',
      'auth/+/map/+/+',
    ),
    operations: ['create', 'update', 'patch'],
  },
  {
    can: 'issue tokens with any policies',
    paths: paths('auth/token/create', 'auth/token/create-orphan'),
    operations: ['update'],
    by: ({ capabilities }) => has(capabilities, 'sudo'),
  },
  {
    can: 'issue tokens by every token role',
    paths: paths('auth/token/create/+'),
    operations: ['update'],
    by: ({ pattern }) => pattern.kind !== 'exact',
  },
  {
    can: 'give policies to entities and groups',
    paths: paths('identity/entity*', 'identity/group*'),
    operations: ['create', 'update', 'patch'],
  },
];

/** Whoever has such a right can give any other to themselves or to others. People who keep a Vault need it, and few else. */
export const escalation: Rule = {
  id: 'VLT010',
  level: 'warning',
  title: 'a right that leads to every other',
  check: (environment) => [
    ...rootTokens(environment),
    ...observed(environment, function* (list) {
      for (const [rule, abilities] of waysOf(list)) {
        if (!isOwn(environment, rule)) continue;
        yield {
          policy: policyOf(environment, rule),
          seen: `${ruleText(rule)} is enough to ${abilities.join(', and to ')}`,
          remedy:
            'name the policies, roles or users one by one, or take the right away; where people must have it, acknowledge it with who they are and how it is watched',
        };
      }
    }),
  ],
};

function waysOf(list: AccessList): ReadonlyMap<AclRule, readonly string[]> {
  const found = new Map<AclRule, string[]>();
  // Most lists have no rule near to any of these paths.
  if (!list.rules.some(({ capabilities, pattern }) => (capabilities & leadingOn(pattern)) !== NONE))
    return found;
  for (const { can, paths: targets, operations, by } of WAYS) {
    const rules = new Set(
      targets.flatMap((path) => operations.flatMap((one) => [...allowingWithin(list, path, one).keys()])),
    );
    for (const rule of rules) {
      if (by && !by(rule)) continue;
      const known = found.get(rule);
      if (known) known.push(can);
      else found.set(rule, [can]);
    }
  }
  return found;
}

/** What of a rule on such paths may be a way. Many lists have rules of the same policy, and so the same patterns. */
const leadingOn = remembered(
  (pattern: PathPattern): CapabilitySet =>
    capabilitySet(
      WAYS.filter(({ paths: targets }) => targets.some((one) => sharePaths(pattern, one))).flatMap(
        ({ operations }) => operations,
      ),
    ),
);

/** Of them everything is true, and no policy says so. */
function rootTokens({ access, blocks }: ReviewedEnvironment): readonly Observation[] {
  return access.identities
    .filter(({ accessList }) => accessList.isRoot)
    .map(({ kind, fullName, address }) => {
      const declared = blocks.find(({ block }) => block.address === address);
      return {
        stack: declared?.stack ?? access.name,
        address,
        ...(declared?.constructPath !== undefined && { constructPath: declared.constructPath }),
        seen: `${kind} '${fullName}' has the policy 'root', which allows everything`,
        remedy: 'give it a policy of its own',
      };
    });
}
