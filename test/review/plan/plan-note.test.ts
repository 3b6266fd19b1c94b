import { planDigest } from '../../../review/plan/plan-digest';
import { planNote } from '../../../review/plan/plan-note';
import { readPlan } from '../../../review/plan/read-plan';
import { type RecordedPlan, recordedPlan } from '../recorded-plans';
import { type MadeChange, planOf, shortly } from './changed-plan';

const recorded = (name: RecordedPlan) => planNote(readPlan(recordedPlan(name), 'shop'), 'shop');
const noteOf = (changes: readonly MadeChange[], rest: object = {}) => planNote(planOf(changes, rest), 'shop');

test('a plan is told with its versions, as far as it knows them, and how many change', () => {
  const plan = readPlan(recordedPlan('delete'), 'shop');
  expect(planNote(plan, 'shop')).toEqual({
    stack: 'shop',
    digest: planDigest(plan, 'shop'),
    isEmpty: false,
    isComplete: true,
    hasErrored: false,
    terraformVersion: '1.11.4',
    providers: [
      { name: 'registry.terraform.io/hashicorp/random', constraint: '~> 3.7' },
      { name: 'registry.terraform.io/hashicorp/vault', constraint: '~> 5.6' },
      { name: 'registry.terraform.io/kreuzwerker/docker', constraint: '~> 3.6' },
    ],
    actions: { create: 1, update: 0, replace: 0, delete: 6, forget: 1, import: 0, move: 0 },
    drifted: 0,
    outputs: [],
    deferred: [],
    checks: [],
    programs: [],
    remarks: [],
  });
});

test('outputs that change are told, and of sensitive ones no value', () => {
  expect(recorded('update').outputs.map(shortly)).toEqual([
    'currency: EUR -> CHF',
    'key: <sensitive> -> <sensitive>',
  ]);
  const output = { actions: ['create'], before: null, after: 'made-up' };
  expect(noteOf([], { output_changes: { admin_password: output } }).outputs.map(shortly)).toEqual([
    'admin_password: <absent> -> <sensitive>',
  ]);
});

test('drift is counted', () => {
  expect(recorded('drift').drifted).toBe(3);
});

test('a plan of a part is not complete, and says so', () => {
  const { isComplete, remarks, checks } = recorded('target');
  expect(isComplete).toBe(false);
  expect(remarks).toEqual([
    'the plan is not complete: something is deferred, or left out by -target; another one is needed after it',
  ]);
  expect(checks).toEqual([{ address: 'check.shop_is_there', status: 'unknown', problems: [] }]);
});

test('a plan that failed says so, and which checks did', () => {
  const { hasErrored, isComplete, isEmpty, remarks, checks } = recorded('errored');
  expect({ hasErrored, isComplete, isEmpty }).toEqual({
    hasErrored: true,
    isComplete: false,
    isEmpty: false,
  });
  expect(remarks).toEqual([
    'Terraform failed while it made this plan: it is not whole, and cannot be applied',
  ]);
  expect(checks).toEqual([
    { address: 'vault_policy.billing', status: 'fail', problems: ['there is no policy of the shop'] },
  ]);
});

test('nothing is told of a plan in which nothing changes', () => {
  expect(recorded('same')).toMatchObject({
    isEmpty: true,
    isComplete: true,
    programs: [],
    remarks: [],
    outputs: [],
    drifted: 0,
  });
});

test.each([
  ['resource_config_unknown', 'its configuration is known after an apply only'],
  ['provider_config_unknown', 'the configuration of its provider is known after an apply only'],
  ['instance_count_unknown', 'how many there are is known after an apply only'],
  ['deferred_prereq', 'what it depends on is deferred'],
  ['a_reason_to_come', 'a reason to come'],
])('what is deferred for %s is told', (reason, words) => {
  const resource_change = {
    address: 'vault_policy.a',
    type: 'vault_policy',
    change: { actions: ['create'] },
  };
  const note = noteOf([], { complete: false, deferred_changes: [{ reason, resource_change }] });
  expect(note.deferred).toEqual([{ address: 'vault_policy.a', reason: words }]);
  expect(note.isComplete).toBe(false);
});

test.each([
  [{ format_version: '1.9' }, "the plan's format is 1.9, of which what came after 1.2 is not told here"],
  [{ applyable: false }, 'Terraform says that this plan cannot be applied'],
  [{ action_invocations: [{ address: 'action.a.b' }] }, 'an apply starts actions of providers: action.a.b'],
])('of %j a reviewer is told', (rest, remark) => {
  expect(noteOf([{}], rest).remarks).toEqual([remark]);
});

test('an action of a Terraform to come is told', () => {
  expect(noteOf([{ actions: ['rewrite'] }]).remarks).toEqual([
    "Terraform says 'rewrite', which is not known here and is taken for the worst that it can be",
  ]);
});

test('what a check says has no secret in it', () => {
  const instances = [{ problems: [{ message: 'got password=made-up\u001b[0m' }] }];
  const { checks } = noteOf([], {
    checks: [{ address: { to_display: 'check.a', kind: 'check' }, status: 'fail', instances }],
  });
  expect(checks).toEqual([
    { address: 'check.a', status: 'fail', problems: ['got password=(sensitive value)'] },
  ]);
});

test.each([
  ['create', ['vault_policy.store']],
  ['update', []],
])('a provisioner of what an apply means to %s is told: %j', (action, programs) => {
  const resources = [
    {
      address: 'vault_policy.store',
      mode: 'managed',
      type: 'vault_policy',
      name: 'store',
      provisioners: [{ type: 'local-exec', expressions: { command: { constant_value: 'true' } } }],
    },
  ];
  const change = { type: 'vault_policy', actions: [action], after: { name: 'store' } };
  const note = noteOf([change], { configuration: { root_module: { resources } } });
  expect(note.programs).toEqual(programs);
  expect(note.remarks).toEqual(programs.map((one) => `an apply may run programs of provisioners: ${one}`));
});
