import { planReading } from '../../operations/plan-reading';
import { planDigest } from '../../review/plan/plan-digest';
import { readPlan } from '../../review/plan/read-plan';
import { type Changes, planJson } from './fake-terraform';

test.each<[Changes, string]>([
  [{}, 'nothing to do'],
  [{ 'vault_policy.a': 'no-op', 'vault_policy.b': 'read' }, 'nothing to do'],
  [{ 'vault_policy.a': 'create' }, '1 to create'],
  [{ 'vault_policy.a': 'delete create', 'vault_policy.b': 'create delete' }, '2 to replace'],
  [
    { 'vault_policy.a': 'delete', 'vault_policy.b': 'update', 'vault_policy.c': 'create' },
    '1 to create, 1 to update, 1 to delete',
  ],
])('of %j says: %s', (changes, summary) => {
  const text = planJson(changes);
  const reading = planReading(text, 'shop');
  expect(reading).toEqual({
    digest: planDigest(readPlan(text, 'shop'), 'shop'),
    isEmpty: summary === 'nothing to do',
    summary,
  });
});

test('says where a plan changes outputs alone, which is not empty', () => {
  const change = { actions: ['update'], before: '1', after: '2', after_unknown: false };
  const plan = { ...JSON.parse(planJson({})), output_changes: { version: change } };
  expect(planReading(JSON.stringify(plan), 'shop')).toMatchObject({
    isEmpty: false,
    summary: 'outputs or actions alone',
  });
});

test.each([['{"a": "hidden'], ['["hidden"]'], ['hidden'], ['']])(
  'fails with %j, and quotes nothing of it',
  (text) => {
    const read = () => planReading(text, 'shop');
    expect(read).toThrow(expect.objectContaining({ name: 'OperationError', exitCode: 1 }));
    expect(read).toThrow(/^error: plan of 'shop': (?!.*hidden)/s);
  },
);
