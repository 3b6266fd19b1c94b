import type { EnvironmentAccess, Identity, KvMount, Note } from '../../access/environment-access';
import { sentencesOf } from '../../access/notes';
import { AccessList } from '../../policies/access-list';
import { type AnyCapability, capabilitySet, NONE } from '../../policies/capability';
import { type Conditions, UNCONDITIONAL } from '../../policies/conditions';
import { DIALECTS, type DialectName } from '../../policies/dialect';
import { PathPattern } from '../../policies/path-pattern';
import type { Policy, PolicyRule } from '../../policies/policy';

type Allowed = readonly (AnyCapability | 'deny')[];

export interface MadeAccess {
  /** @default shop-production */
  readonly name?: string;
  /** @default vault */
  readonly dialect?: DialectName;
  /** Rules by policy: capabilities by path, with conditions where they are of interest. */
  readonly policies: Readonly<Record<string, Readonly<Record<string, Allowed | RuleText>>>>;
  /** Policies by identity. @default one of kind `policy` for each policy */
  readonly identities?: Readonly<Record<string, readonly string[]>>;
  /** @default role */
  readonly kind?: Identity['kind'];
  /** Below the KV engine `kv`. @default none */
  readonly secrets?: readonly string[];
  /** Of the KV engine `kv`. @default 2 */
  readonly version?: 1 | 2;
  /** Each may give access to everybody. */
  readonly unknown?: readonly string[];
  /** Besides. */
  readonly notes?: readonly Note[];
}

interface RuleText {
  readonly capabilities: Allowed;
  readonly conditions: Partial<Conditions>;
}

/** What reading stacks would come to, without stacks. */
export function madeAccess(made: MadeAccess): EnvironmentAccess {
  const { name = 'shop-production', version = 2, secrets = [], unknown = [] } = made;
  const notes: readonly Note[] = [
    ...unknown.map((sentence) => ({ sentence, mayGrantTo: 'everybody' as const })),
    ...(made.notes ?? []),
  ];
  const dialect = DIALECTS[made.dialect ?? 'vault'];
  const policies = new Map(Object.entries(made.policies).map(([key, rules]) => [key, policy(key, rules)]));
  const identities =
    made.identities ??
    Object.fromEntries([...policies.keys()].map((policyName) => [policyName, [policyName]]));
  const mount: KvMount = { path: 'kv', version };
  // As reading does: who has the same policies has the same object.
  const lists = new Map<string, AccessList>();
  return {
    name,
    dialect,
    policies,
    identities: Object.entries(identities).map(([identity, names]): Identity => {
      const key = names.join();
      const accessList =
        lists.get(key) ??
        AccessList.of(
          names.map((one) => policies.get(one) ?? { name: one, rules: [] }),
          dialect,
        );
      lists.set(key, accessList);
      return {
        name: identity,
        fullName: `shop-${identity}`,
        kind: made.identities ? (made.kind ?? 'role') : 'policy',
        policies: names,
        accessList,
        address: `vault_approle_auth_backend_role.${identity}`,
      };
    }),
    secrets: secrets.map((path) => ({
      mount,
      path,
      apiPath: version === 2 ? `kv/data/${path}` : `kv/${path}`,
    })),
    kvMounts: [mount],
    unknown: sentencesOf(notes),
    notes,
  };
}

function policy(name: string, rules: Readonly<Record<string, Allowed | RuleText>>): Policy {
  return {
    name,
    rules: Object.entries(rules).map(([path, text], i): PolicyRule => {
      const { capabilities, conditions } = isRuleText(text) ? text : { capabilities: text, conditions: {} };
      const denies = capabilities.includes('deny');
      return {
        pattern: PathPattern.of(path),
        capabilities: denies ? NONE : capabilitySet(capabilities.filter((one) => one !== 'deny')),
        denies,
        conditions: { ...UNCONDITIONAL, ...conditions },
        origin: { policy: name, line: i + 1 },
      };
    }),
  };
}

function isRuleText(text: Allowed | RuleText): text is RuleText {
  return 'conditions' in text;
}

/** Of its size: each service has a policy and two secrets of its own, and all share some. */
export function manyServices(services: number): EnvironmentAccess {
  const names = Array.from({ length: services }, (_, i) => `service-${String(i + 1).padStart(4, '0')}`);
  return madeAccess({
    policies: {
      default: DEFAULT,
      ...Object.fromEntries(
        names.map((name, i) => [
          name,
          {
            [`kv/data/${name}/database`]: ['read'],
            [`kv/data/${name}/token`]: ['read', 'update'],
            [`kv/data/shared/team-${i % 20}`]: ['read'],
            [`kv/metadata/${name}/*`]: ['list'],
          },
        ]),
      ),
    },
    identities: Object.fromEntries(names.map((name) => [name, ['default', name]])),
    secrets: [
      ...names.flatMap((name) => [`${name}/database`, `${name}/token`]),
      ...Array.from({ length: 20 }, (_, i) => `shared/team-${i}`),
    ],
  });
}

const DEFAULT: Readonly<Record<string, Allowed>> = {
  'auth/token/lookup-self': ['read'],
  'auth/token/renew-self': ['update'],
  'auth/token/revoke-self': ['update'],
  'cubbyhole/*': ['create', 'read', 'update', 'delete', 'list'],
  'identity/oidc/provider/+/authorize': ['read', 'update'],
  'sys/capabilities-self': ['update'],
  'sys/tools/hash': ['update'],
  'sys/wrapping/wrap': ['update'],
};
