import { policyChanges } from '../../operations/policy-changes';
import { PolicyDocument } from '../../policies/policy-document';

const policy = (...rules: readonly (readonly [string, ...('read' | 'update')[]])[]) =>
  new PolicyDocument(
    rules.map(([path, ...capabilities]) => ({ path, capabilities, reason: `reaches ${path}` })),
  ).render();

test('shows a rule of which the answer is wrapped', () => {
  const wrapped = new PolicyDocument([
    { path: 'a', capabilities: ['update'], reason: 'issues a', wrapped: true },
  ]).render();
  expect(wrapped).toContain('min_wrapping_ttl');
  expect(policyChanges('', wrapped)).toEqual(['+ path "a" [update]']);
});

test.each([
  ['nothing', policy(['a', 'read']), policy(['a', 'read']), []],
  ['a new rule', '', policy(['a', 'read', 'update']), ['+ path "a" [read, update]']],
  ['a rule that went', policy(['a', 'read'], ['b', 'read']), policy(['b', 'read']), ['- path "a" [read]']],
  [
    'a rule that changed',
    policy(['a', 'read']),
    policy(['a', 'update']),
    ['- path "a" [read]', '+ path "a" [update]'],
  ],
  ['another order', policy(['a', 'read'], ['b', 'read']), policy(['b', 'read'], ['a', 'read']), []],
])('shows %s', (_what, before, after, changes) => {
  expect(policyChanges(before, after)).toEqual(changes);
});
