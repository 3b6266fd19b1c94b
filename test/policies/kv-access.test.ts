import { KV_VERBS, kvDataPath, kvRules } from '../../policies/kv-access';
import { PolicyDocument } from '../../policies/policy-document';

describe.each([
  ['a secret', 'platform/database'],
  ['a tree', 'tenants/+/api-keys/*'],
])('on %s', (_, path) => {
  test.each([
    ['read', [[`apps/data/${path}`, ['read']]]],
    ['write', [[`apps/data/${path}`, ['create', 'update']]]],
    ['rotate', [[`apps/data/${path}`, ['update']]]],
    ['list', [[`apps/metadata/${path}`, ['list']]]],
    ['inspect', [[`apps/metadata/${path}`, ['read']]]],
    [
      'delete',
      [
        [`apps/data/${path}`, ['delete']],
        [`apps/delete/${path}`, ['update']],
        [`apps/undelete/${path}`, ['update']],
      ],
    ],
    [
      'destroy',
      [
        [`apps/destroy/${path}`, ['update']],
        [`apps/metadata/${path}`, ['delete']],
      ],
    ],
  ] as const)('%s needs exactly these paths', (verb, expected) => {
    const rules = kvRules('apps', path, verb, 'why');
    expect(rules.map((rule) => [rule.path, rule.capabilities])).toEqual(expected);
    expect(rules.every(({ reason }) => reason === 'why')).toBe(true);
  });
});

test('all verbs on one secret make a policy without a rule too many', () => {
  const rules = KV_VERBS.flatMap((verb) => kvRules('apps', 'billing', verb, `may ${verb} billing`));
  expect(new PolicyDocument(rules).render()).toMatchInlineSnapshot(`
    "# may read billing
    # may write billing
    # may rotate billing
    # may delete billing
    path "apps/data/billing" {
      capabilities = ["create", "read", "update", "delete"]
    }

    # may list billing
    # may inspect billing
    # may destroy billing
    path "apps/metadata/billing" {
      capabilities = ["read", "delete", "list"]
    }

    # may delete billing
    path "apps/delete/billing" {
      capabilities = ["update"]
    }

    # may delete billing
    path "apps/undelete/billing" {
      capabilities = ["update"]
    }

    # may destroy billing
    path "apps/destroy/billing" {
      capabilities = ["update"]
    }
    "
  `);
});

test('a mount of several segments stands before the API prefix', () => {
  expect(kvDataPath('teams/payments', 'database')).toBe('teams/payments/data/database');
});
