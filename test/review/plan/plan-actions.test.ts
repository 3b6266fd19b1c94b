import type { PlannedChange } from '../../../review/plan/plan';
import { actionOf, reasonsOf, unknownActions } from '../../../review/plan/plan-actions';
import { type MadeChange, madeChange } from './changed-plan';

const planned = (change: MadeChange) => madeChange(change) as PlannedChange;

test.each([
  [['create'], 'create'],
  [['update'], 'update'],
  [['delete', 'create'], 'replace'],
  [['create', 'delete'], 'replace'],
  [['create', 'forget'], 'replace'],
  [['delete'], 'delete'],
  [['forget'], 'forget'],
  [['no-op'], undefined],
  [['read'], undefined],
  [[], undefined],
  [['renew', 'open'], undefined],
])('%j is %s', (actions, action) => {
  expect(actionOf(planned({ actions }))).toBe(action);
});

test.each([
  [['rewrite'], 'update'],
  [['rewrite', 'create'], 'replace'],
  [['delete', 'rewrite'], 'delete'],
  [['delete', 'rewrite', 'create'], 'replace'],
  [['delete', 'update'], 'replace'],
  [['__proto__'], 'update'],
])('%j, of a Terraform to come, is taken for the worst that it can be: %s', (actions, action) => {
  expect(actionOf(planned({ actions }))).toBe(action);
});

test('what is not known is named once, and in the reason', () => {
  const changes = [planned({ actions: ['rewrite'] }), planned({ actions: ['create', 'rewrite'] })];
  expect(unknownActions(changes)).toEqual(['rewrite']);
  expect(reasonsOf(changes[0] as PlannedChange)).toEqual([
    "Terraform says 'rewrite', which is not known here",
  ]);
});

test('an import and a move are told where nothing else happens', () => {
  const importing = { id: 'store' };
  const previous_address = 'docker_container.shop';
  expect(actionOf(planned({ actions: ['no-op'], importing }))).toBe('import');
  expect(actionOf(planned({ actions: ['update'], importing }))).toBe('update');
  expect(actionOf(planned({ actions: ['no-op'], previous_address }))).toBe('move');
  expect(actionOf(planned({ actions: ['delete', 'create'], previous_address }))).toBe('replace');
  expect(
    actionOf(planned({ actions: ['no-op'], previous_address: 'docker_container.store' })),
  ).toBeUndefined();
});

test.each(['data', 'ephemeral', 'list'])('nothing happens to what is %s', (mode) => {
  expect(actionOf(planned({ mode, actions: ['create'] }))).toBeUndefined();
});

// All that Terraform 1.14 knows.
test.each([
  'replace_because_cannot_update',
  'replace_because_tainted',
  'replace_by_request',
  'replace_by_triggers',
  'delete_because_no_resource_config',
  'delete_because_wrong_repetition',
  'delete_because_count_index',
  'delete_because_each_key',
  'delete_because_no_module',
  'delete_because_no_move_target',
  'read_because_config_unknown',
  'read_because_dependency_pending',
  'read_because_check_nested',
])('%s is said in words', (action_reason) => {
  const [reason] = reasonsOf(planned({ action_reason }));
  expect(reason).toMatch(/^[^_]+( [^_]+)+$|^asked for by -replace$|replace_triggered_by|for_each/);
  expect(reason).not.toBe(action_reason.replaceAll('_', ' '));
});

test('another reason is said as Terraform says it', () => {
  expect(reasonsOf(planned({ action_reason: 'replace_because_of_weather' }))).toEqual([
    'replace because of weather',
  ]);
  expect(reasonsOf(planned({ action_reason: 'constructor' }))).toEqual(['constructor']);
});

test('the order of a replacement is told where it is not the usual one, and what is left over', () => {
  expect(reasonsOf(planned({ actions: ['delete', 'create'] }))).toEqual([]);
  expect(reasonsOf(planned({ actions: ['create', 'delete'] }))).toEqual([
    'the new one is created before the old one is destroyed',
  ]);
  expect(reasonsOf(planned({ actions: ['create', 'forget'] }))).toEqual([
    'the old one stays, and Terraform no longer looks after it',
  ]);
  expect(reasonsOf(planned({ actions: ['delete'], deposed: '0a1b2c3d' }))).toEqual([
    'what an earlier replacement left over (deposed 0a1b2c3d)',
  ]);
});
