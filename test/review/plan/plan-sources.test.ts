import { accessDiff, hasBroadening } from '../../../access/access-diff';
import type { EnvironmentAccess } from '../../../access/environment-access';
import { loadPolicyParser } from '../../../policies/policy-text';
import type { ReviewedEnvironment } from '../../../review/reviewed-environment';
import { runRules } from '../../../review/rules-run';
import { recordedPlan } from '../plain-hcl-plans';
import { type ReviewedPlans, reviewedPlans } from '../reviewed-plans';
import { block, change, constant, planOf, resource } from './made-plan';

const POLICY = 'path "kv/data/a" {\n  capabilities = ["read"]\n}\n';

let first: ReviewedPlans;
let second: ReviewedPlans;

beforeAll(async () => {
  await loadPolicyParser();
  first = reviewedPlans([{ stack: 'acme', plan: recordedPlan('first') }]);
  second = reviewedPlans([{ stack: 'acme', plan: recordedPlan('second') }]);
});

const only = (environments: readonly ReviewedEnvironment[]) => {
  expect(environments).toHaveLength(1);
  return environments[0] as ReviewedEnvironment;
};

/** Who can read which of the declared secrets. */
function readers({ identities, secrets }: EnvironmentAccess): Record<string, string[]> {
  return Object.fromEntries(
    secrets.map(({ apiPath }) => [
      apiPath,
      identities
        .filter(({ accessList }) => accessList.decide({ operation: 'read', path: apiPath }).allowed)
        .map(({ name }) => name),
    ]),
  );
}

describe('a project of plain HCL', () => {
  test('nothing was there before it was applied', () => {
    expect(first.before).toEqual([]);
  });

  test('who can read what before and after the change', () => {
    expect(readers(only(second.before).access)).toEqual({
      'acme/data/billing/database': ['billing'],
      'acme/data/orders/database': ['orders'],
      'acme/data/reports/database': [],
    });
    expect(readers(only(second.after).access)).toEqual({
      'acme/data/billing/database': ['ada', 'billing'],
      'acme/data/orders/database': ['ada', 'orders'],
      'acme/data/reports/database': ['ada'],
    });
  });

  test('identities go by the addresses that Terraform gives them, with modules and keys', () => {
    const list = ({ access }: ReviewedEnvironment) =>
      access.identities.map(({ kind, name, address, policies }) =>
        [kind, name, address, ...policies].join(' '),
      );
    const before = [
      'user ada vault_generic_endpoint.user["ada"] default on-call own-folder',
      'role billing module.team["billing"].vault_approle_auth_backend_role.this catalogue default team-billing',
      'policy by-hand vault_policy.by_hand by-hand',
      'role deploy vault_jwt_auth_backend_role.deploy default scratch',
      'user grace vault_generic_endpoint.user["grace"] default own-folder',
      'role orders module.team["orders"].vault_approle_auth_backend_role.this default team-orders',
      'role reports module.team["reports"].vault_approle_auth_backend_role.this default',
    ];
    expect(list(only(second.before))).toEqual(before);
    expect(list(only(second.after))).toEqual(before.filter((line) => !line.startsWith('role deploy')));
    // Of the first plan nothing has an id yet: members and aliases are known by what is referred to.
    expect(list(only(first.after))).toEqual(before.filter((line) => !line.startsWith('policy by-hand')));
  });

  test('engines are there as long as they are', () => {
    const mounts = ({ access }: ReviewedEnvironment) =>
      access.kvMounts.map(({ path, version }) => `${path} ${version}`);
    expect(mounts(only(second.before))).toEqual(['scratch 1', 'acme 2']);
    expect(mounts(only(second.after))).toEqual(['acme 2']);
  });

  test('a folder by a name stays one, though the server made the accessor up', () => {
    const ada = only(second.after).access.identities.find(({ name }) => name === 'ada');
    const decide = (path: string) => ada?.accessList.decide({ operation: 'update', path }).allowed;
    expect([decide('acme/data/people/ada/notes'), decide('acme/data/people/grace/notes')]).toEqual([
      true,
      false,
    ]);
  });

  test('what an apply alone can tell is said', () => {
    expect(only(first.after).access.unknown).toEqual([
      "what policy 'on-call' (vault_policy.on_call) allows is known at an apply only",
      "what policy 'own-folder' (vault_policy.own_folder) allows is known at an apply only",
    ]);
    expect(only(second.before).access.unknown).toEqual([]);
    expect(only(second.after).access.unknown).toEqual([]);
  });

  test('the access difference names the broadening, and what is removed', () => {
    const diff = accessDiff(
      second.before.map(({ access }) => access),
      second.after.map(({ access }) => access),
    );
    expect(hasBroadening(diff)).toBe(true);
    const identities = diff.environments.flatMap((one) => one.identities);
    expect(identities.map(({ name, presence }) => [name, presence])).toEqual([
      ['ada', 'changed'],
      ['deploy', 'removed'],
    ]);
    const [{ changes }] = identities as [(typeof identities)[0]];
    expect(changes.map(({ gained, lost, secrets }) => ({ gained, lost, secrets }))).toEqual([
      {
        gained: ['read'],
        lost: [],
        secrets: ['acme/billing/database', 'acme/orders/database', 'acme/reports/database'],
      },
    ]);
  });

  test('rules find what is wrong at the address that Terraform gives it', () => {
    const { findings } = runRules(second.after);
    const at = (id: string) => findings.filter((one) => one.id === id).map(({ address }) => address);
    expect(at('VLT005')).toEqual([
      'module.team["billing"].vault_policy.this[0]',
      'module.team["orders"].vault_policy.this[0]',
      'module.team["orders"].vault_policy.this[0]',
    ]);
    expect(at('HRD-B23')).toEqual(
      ['billing', 'orders', 'reports'].map(
        (team) => `module.team["${team}"].vault_approle_auth_backend_role.this`,
      ),
    );
    expect(at('HRD-B08')).toEqual(['docker_container.vault']);
  });

  test('what is moved, imported or no rule’s concern leaves the findings as they are', () => {
    const seen = (environments: readonly ReviewedEnvironment[]) =>
      runRules(environments).findings.map(({ id, address, seen: what }) => [id, address, what]);
    expect(seen(second.after)).toEqual(seen(second.before));
  });
});

test('what Terraform leaves to a later plan may give access too', () => {
  const deferred = (address: string, actions: readonly string[]) => ({
    resource_change: change(address, actions, {}),
  });
  const plan = planOf({
    after: [resource('vault_policy.a', { name: 'a', policy: POLICY })],
    more: {
      deferred_changes: [
        deferred('vault_policy.later["*"]', ['create']),
        deferred('vault_policy.a', ['update']),
      ],
    },
  });
  const { before, after } = reviewedPlans([{ stack: 'acme', plan }]);
  expect(before).toEqual([]);
  expect(only(after).access.notes).toEqual([
    {
      sentence:
        'whether there is vault_policy.later["*"], and how many, is known at an apply only: ${known_after_apply()}; it is left out',
      mayGrantTo: 'everybody',
    },
  ]);
});

describe('several plans', () => {
  const mount = resource('vault_mount.kv', { path: 'kv', type: 'kv-v2' });
  const policy = resource('vault_policy.a', { name: 'a', policy: POLICY });
  const role = resource('vault_approle_auth_backend_role.a', { role_name: 'a', token_policies: ['a'] });

  test('the stacks of an environment are one, as in a synth', () => {
    const { before, after } = reviewedPlans([
      { stack: 'shop-production-services', plan: planOf({ after: [role] }) },
      { stack: 'shop-production-vault', plan: planOf({ after: [mount] }) },
      { stack: 'shop-production-access', plan: planOf({ after: [policy] }) },
      { stack: 'shop-staging-access', plan: planOf({ after: [policy] }) },
    ]);
    expect(before).toEqual([]);
    expect(after.map(({ name, blocks }) => [name, blocks.map(({ stack }) => stack).sort()])).toEqual([
      ['shop-production', ['shop-production-access', 'shop-production-services', 'shop-production-vault']],
      ['shop-staging-access', ['shop-staging-access']],
    ]);
    expect(after[0]?.access.identities.map(({ name, policies }) => [name, policies])).toEqual([
      ['a', ['a', 'default']],
    ]);
  });

  test('a stranger’s stacks are one where one reads the state of the other', () => {
    const state = resource('data.terraform_remote_state.policies', {
      backend: 's3',
      config: { bucket: 'states' },
      outputs: { any: 'plainly-no-secret' },
    });
    const { after } = reviewedPlans([
      { stack: 'policies', plan: planOf({ after: [policy] }) },
      { stack: 'roles', plan: planOf({ after: [role, state] }) },
    ]);
    expect(after.map(({ name }) => name)).toEqual(['policies']);
    expect(JSON.stringify(after[0]?.blocks.map(({ block }) => block.attributes))).not.toContain('plainly');
  });

  test('what is of another server, or of a namespace, is an environment of its own', () => {
    const configured = (name: string, key: string) =>
      block(`vault_policy.${name}`, {}, { provider_config_key: key });
    const plan = planOf({
      after: ['a', 'b', 'c'].map((name) => resource(`vault_policy.${name}`, { name, policy: POLICY })),
      more: {
        configuration: {
          provider_config: {
            vault: { name: 'vault', expressions: { address: constant('https://a:8200') } },
            'vault.b': { name: 'vault', alias: 'b', expressions: { address: constant('https://b:8200') } },
            'vault.c': {
              name: 'vault',
              alias: 'c',
              expressions: { address: constant('https://a:8200'), namespace: constant('team') },
            },
          },
          root_module: {
            resources: [configured('a', 'vault'), configured('b', 'vault.b'), configured('c', 'vault.c')],
          },
        },
      },
    });
    const { after } = reviewedPlans([{ stack: 'acme', plan }]);
    expect(after.map(({ name, access }) => [name, ...access.identities.map((one) => one.fullName)])).toEqual([
      ['acme@a:8200', 'a'],
      ['acme@b:8200', 'b'],
      ['acme@team@a:8200', 'c'],
    ]);
  });

  test('fails on a policy that cannot be read, with the file of the plan and the real address', () => {
    const broken = resource('vault_policy.a["x"]', { name: 'a', policy: 'path "a" {' });
    expect(() =>
      reviewedPlans([{ stack: 'acme', plan: planOf({ after: [broken] }), file: 'plans/acme.json' }]),
    ).toThrow('plans/acme.json: vault_policy.a["x"]: policy');
  });
});
