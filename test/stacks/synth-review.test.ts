import { reviewSummary } from '../../stacks/synth-review';
import { ACCEPTED, INFO, NOTHING, OPEN, REVIEW } from '../review/made-review';

test('warnings are told one by one, the rest by its rule, environments without any not at all', () => {
  const warning = { ...OPEN, level: 'warning' as const };
  const findings = [warning, ACCEPTED, INFO, { ...INFO, address: 'vault_policy.another' }];
  expect(reviewSummary({ ...REVIEW, findings })).toBe(`shop-production: review
  warning TST002: [shop-production-access/crm-policy/Resource] path "kv/data/*" { read } of policy crm, line 4 is & stays "wide"
  acknowledged warning TST003: a test that warns
  info TST001: a test that tells (2 times)

how to mend it: docs/rules, and review/findings.json beside the stacks

`);
});

test('a finding without a construct is told by its address, and nothing in it drives a terminal', () => {
  const findings = [{ ...INFO, level: 'warning' as const }];
  expect(reviewSummary({ ...REVIEW, findings })).toContain(
    '  warning TST001: [vault_policy.plain] a name with \\u{202e} in it\n',
  );
});

test.each([NOTHING, { ...REVIEW, findings: [] }])('nothing found is nothing said', (review) => {
  expect(reviewSummary(review)).toBe('');
});
