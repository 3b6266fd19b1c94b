import { type AnyCapability, capabilitySet } from './capability';
import { UNCONDITIONAL } from './conditions';
import type { Dialect, DialectName } from './dialect';
import { PathPattern } from './path-pattern';
import type { Policy, PolicyRule } from './policy';

/** Its name; every token has it unless it is made without. */
export const DEFAULT_POLICY = 'default';

interface DefaultRule {
  readonly path: string;
  readonly capabilities: readonly AnyCapability[];
  readonly reason: string;
}

const COMMON: readonly DefaultRule[] = [
  { path: 'auth/token/lookup-self', capabilities: ['read'], reason: 'the token itself' },
  { path: 'auth/token/renew-self', capabilities: ['update'], reason: 'the token itself' },
  { path: 'auth/token/revoke-self', capabilities: ['update'], reason: 'the token itself' },
  { path: 'sys/capabilities-self', capabilities: ['update'], reason: 'what the token may do at a path' },
  { path: 'sys/internal/ui/resultant-acl', capabilities: ['read'], reason: 'all that the token may do' },
  {
    path: 'identity/entity/id/{{identity.entity.id}}',
    capabilities: ['read'],
    reason: 'the entity of the token',
  },
  {
    path: 'identity/entity/name/{{identity.entity.name}}',
    capabilities: ['read'],
    reason: 'the entity of the token',
  },
  { path: 'sys/leases/renew', capabilities: ['update'], reason: 'a lease whose id is known' },
  { path: 'sys/leases/lookup', capabilities: ['update'], reason: 'a lease whose id is known' },
  {
    path: 'cubbyhole/*',
    capabilities: ['create', 'read', 'update', 'delete', 'list'],
    reason: 'what only this token sees',
  },
  { path: 'sys/wrapping/wrap', capabilities: ['update'], reason: 'response wrapping' },
  { path: 'sys/wrapping/lookup', capabilities: ['update'], reason: 'response wrapping' },
  { path: 'sys/wrapping/unwrap', capabilities: ['update'], reason: 'response wrapping' },
  { path: 'sys/tools/hash', capabilities: ['update'], reason: 'hashes of given data' },
  { path: 'sys/tools/hash/*', capabilities: ['update'], reason: 'hashes of given data' },
  {
    path: 'identity/oidc/provider/+/authorize',
    capabilities: ['read', 'update'],
    reason: 'log in elsewhere by OIDC',
  },
];

const ONLY_IN_VAULT: readonly DefaultRule[] = [
  { path: 'sys/renew', capabilities: ['update'], reason: 'a lease whose id is known, by its old path' },
  {
    path: 'sys/control-group/request',
    capabilities: ['update'],
    reason: 'the state of a request that waits for approval',
  },
];

const RULES: Readonly<Record<DialectName, readonly DefaultRule[]>> = {
  vault: [...COMMON, ...ONLY_IN_VAULT],
  openbao: COMMON,
  'openbao-2.5': COMMON,
};

/**
 * The policy `default` that a new server brings (https://developer.hashicorp.com/vault/docs/concepts/policies#default-policy).
 * A server keeps what people change in it, and it is not changed by an upgrade: an old server has that of its first version.
 */
export function defaultPolicy(dialect: Dialect): Policy {
  return { name: DEFAULT_POLICY, rules: RULES[dialect.name].map(ruleOf) };
}

function ruleOf({ path, capabilities, reason }: DefaultRule, index: number): PolicyRule {
  return {
    pattern: PathPattern.of(path),
    capabilities: capabilitySet(capabilities),
    denies: false,
    conditions: UNCONDITIONAL,
    origin: { policy: DEFAULT_POLICY, line: index + 1, comment: reason },
  };
}
