import { loadPolicyParser } from '../../policies/policy-text';
import { changesNothing, type PlannedStack } from '../../review/change-review';
import { comparedSides } from '../../review/compared-sides';
import type { PlanNote } from '../../review/plan/plan-note';
import type { ResourceChange } from '../../review/resource-change';
import { NOTHING_DECLARED } from '../../review/reviewed-side';
import { compared, SHOP, shopChange, shopWith, stack } from './made-change';

beforeAll(loadPolicyParser);

const presences = (review: ReturnType<typeof compared>) =>
  review.environments.map(({ name, presence }) => [name, presence]);

test('environments are new, gone, changed or the same, in the order of their names', () => {
  const review = compared(
    [stack('same', SHOP), stack('gone', SHOP), stack('changed', SHOP)],
    [
      stack('new', SHOP),
      stack('changed', shopWith({ 'docker_volume.data': undefined })),
      stack('same', SHOP),
    ],
  );
  expect(presences(review)).toEqual([
    ['changed', 'changed'],
    ['gone', 'removed'],
    ['new', 'new'],
    ['same', 'same'],
  ]);
  expect(changesNothing(review.environments[3] as never)).toBe(true);
});

test('stacks that declare nothing of Vault are looked at too, by their own names', () => {
  const plain = (name: string) => stack('plain', { docker_volume: { data: { name } } });
  const review = compared([plain('a'), stack('shop', SHOP)], [plain('b'), stack('shop', SHOP)]);
  expect(presences(review)).toEqual([
    ['plain', 'changed'],
    ['shop', 'same'],
  ]);
});

test('access is compared, and a rewrite that means the same is no difference', () => {
  const policy = 'path "shop/data/mail" {\n  # the same\n  capabilities = ["read", "read"]\n}\n';
  const rewritten = shopChange({ 'vault_policy.store': { policy } });
  expect(rewritten.access).toBeUndefined();
  expect(rewritten.changes).toHaveLength(1);
  const wider = policy.replace('"read", "read"', '"read", "update"');
  expect(shopChange({ 'vault_policy.store': { policy: wider } }).access?.identities).toMatchObject([
    { name: 'store', changes: [{ gained: ['update'], lost: [], isBroadening: true }] },
  ]);
});

test('findings and hardening are compared with the same rules', () => {
  const { findings, hardening } = shopChange({
    'vault_approle_auth_backend_role.store': { secret_id_ttl: undefined },
  });
  expect(findings.added.map(({ id }) => id)).toEqual(['HRD-B23']);
  expect(hardening.lost).toEqual(['HRD-B23']);
  expect(hardening.before?.held).toBe((hardening.after?.held as number) + 1);
});

const note = (of: string) => ({ stack: of, digest: 'sha256:0' }) as PlanNote;
const change: ResourceChange = {
  stack: 'shop',
  address: 'vault_mount.shop',
  type: 'vault_mount',
  action: 'delete',
  attributes: [],
};
const planned = (more: Partial<PlannedStack> = {}): PlannedStack => ({
  note: note('shop'),
  changes: [change],
  drift: [],
  ...more,
});

test('of a stack with a plan its changes are what the plan says', () => {
  const before = [stack('shop', SHOP), stack('other', SHOP)];
  const after = [
    stack('shop', shopWith({ 'docker_volume.data': undefined })),
    stack('other', shopWith({ 'docker_volume.data': undefined })),
  ];
  const { environments, plans } = compared(before, after, { plans: [planned()] });
  expect(environments.map(({ name, changes }) => [name, changes.map(({ address }) => address)])).toEqual([
    ['other', ['docker_volume.data']],
    ['shop', ['vault_mount.shop']],
  ]);
  expect(environments[1]?.dangers).toMatchObject([{ what: "KV mount 'shop'", action: 'delete' }]);
  expect(plans.map(({ stack: of }) => of)).toEqual(['shop']);
});

test('a plan does not hide that something is no longer protected', () => {
  const lifecycle = { prevent_destroy: true };
  const before = stack('shop', shopWith({ 'vault_mount.shop': { lifecycle } }));
  const { environments } = compared([before], [stack('shop', SHOP)], { plans: [planned({ changes: [] })] });
  expect(environments[0]).toMatchObject({
    changes: [],
    dangers: [{ what: "KV mount 'shop'", action: 'unprotect' }],
  });
});

test.each(['shop', 'shop-part'])(
  'what drift gave and took is of its environment alone, and no change: told of %s',
  (name) => {
    const diff = { name, presence: 'changed', identities: [], unknown: ['x'], mayGrant: [] } as const;
    const sides = [[stack('shop', SHOP)], [stack('shop', SHOP)]] as const;
    const { environments } = compared(...sides, { driftAccess: [diff] });
    expect(environments.map((one) => one.driftAccess)).toEqual([name === 'shop' ? diff : undefined]);
    expect(environments.map(({ presence }) => presence)).toEqual(['same']);
  },
);

test('drift stands apart from changes, and is none of this change', () => {
  const { environments } = compared([stack('shop', SHOP)], [stack('shop', SHOP)], {
    plans: [planned({ changes: [], drift: [change] })],
  });
  expect(environments[0]).toMatchObject({ presence: 'same', changes: [], drift: [change], dangers: [] });
});

test('a plan alone is an environment of its own', () => {
  const review = comparedSides({ before: NOTHING_DECLARED, after: NOTHING_DECLARED, plans: [planned()] });
  expect(review.environments).toMatchObject([{ name: 'shop', changes: [change] }]);
  expect(review.environments[0]?.dangers).toHaveLength(1);
});

test('one environment alone has its own plans alone', () => {
  const sides = [stack('shop', SHOP), stack('other', SHOP)];
  const plans = [planned(), planned({ note: note('other'), changes: [] })];
  const review = compared(sides, sides, { plans, environment: 'other' });
  expect(review.environments.map(({ name }) => name)).toEqual(['other']);
  expect(review.plans.map(({ stack: of }) => of)).toEqual(['other']);
});

test('a plan belongs to the environment of its stack, and to none with a name like it', () => {
  const sides = [stack('shop', SHOP), stack('shop-staging-access', SHOP)];
  const review = compared(sides, sides, {
    plans: [planned({ note: note('shop-staging-access'), changes: [] })],
  });
  expect(review.environments.map(({ name, planned: own }) => [name, own])).toEqual([
    ['shop', []],
    ['shop-staging-access', ['shop-staging-access']],
  ]);
});

test('a resource of one of several servers belongs to that one', () => {
  const provider = { vault: [{ address: 'https://a' }, { address: 'https://b', alias: 'b' }] };
  const two = (type: string) =>
    stack(
      'shop',
      {
        vault_mount: {
          a: { path: 'a', type: 'kv' },
          b: { path: 'b', type, provider: 'vault.b' },
        },
      },
      { provider },
    );
  const { environments } = compared([two('kv')], [two('transit')]);
  expect(environments.map(({ changes }) => changes.length)).toEqual([0, 1]);
  expect(environments[1]?.dangers).toMatchObject([{ what: "KV mount 'b'" }]);
});

test('versions are those that the stacks ask for', () => {
  const terraform = (version: string) => ({
    terraform: { required_providers: { vault: { source: 'hashicorp/vault', version }, docker: '3.6.2' } },
  });
  const after = [stack('a', SHOP, terraform('5.6.0')), stack('b', SHOP, terraform('5.5.0'))];
  expect(compared([], after).versions).toEqual({ docker: '3.6.2', 'hashicorp/vault': '5.6.0, 5.5.0' });
});
