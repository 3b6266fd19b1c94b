import { AccessList } from '../../policies/access-list';
import { capabilityNames } from '../../policies/capability';
import { DEFAULT_POLICY, defaultPolicy } from '../../policies/default-policy';
import { DIALECT_NAMES, DIALECTS, type DialectName } from '../../policies/dialect';

/** As `path: capabilities`, what a new server of OpenBao 2.5.5 answered; 2.6 has the same. */
const OPENBAO = [
  'auth/token/lookup-self: read',
  'auth/token/renew-self: update',
  'auth/token/revoke-self: update',
  'cubbyhole/*: create read update delete list',
  'identity/entity/id/{{identity.entity.id}}: read',
  'identity/entity/name/{{identity.entity.name}}: read',
  'identity/oidc/provider/+/authorize: read update',
  'sys/capabilities-self: update',
  'sys/internal/ui/resultant-acl: read',
  'sys/leases/lookup: update',
  'sys/leases/renew: update',
  'sys/tools/hash/*: update',
  'sys/tools/hash: update',
  'sys/wrapping/lookup: update',
  'sys/wrapping/unwrap: update',
  'sys/wrapping/wrap: update',
];
/** By public copies of it, not read from a server. */
const VAULT = [...OPENBAO, 'sys/control-group/request: update', 'sys/renew: update'].sort();

const EXPECTED: Readonly<Record<DialectName, readonly string[]>> = {
  vault: VAULT,
  openbao: OPENBAO,
  'openbao-2.5': OPENBAO,
};

test.each(DIALECT_NAMES)('the default policy of %s allows what a new server allows', (name) => {
  const { rules } = defaultPolicy(DIALECTS[name]);
  const said = rules.map(
    ({ pattern, capabilities }) => `${pattern.text}: ${capabilityNames(capabilities).join(' ')}`,
  );
  expect([...said].sort()).toEqual(EXPECTED[name]);
  expect(rules.every(({ origin }) => origin.policy === DEFAULT_POLICY && origin.comment)).toBe(true);
});

test.each([
  ['read', 'auth/token/lookup-self', true],
  ['update', 'auth/token/lookup-self', false],
  ['list', 'cubbyhole', true],
  ['read', 'identity/oidc/provider/shop/authorize', true],
  ['read', 'sys/health', false],
] as const)('a token with the default policy alone: %s of %s is %s', (operation, path, allowed) => {
  const list = AccessList.of([defaultPolicy(DIALECTS.vault)], DIALECTS.vault);
  expect(list.decide({ operation, path }).allowed).toBe(allowed);
});
