import type { Finding } from '../../review/rule';
import { refuseOpenErrors, reviewSummary } from '../../stacks/synth-review';
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

describe('what a synth refuses', () => {
  const of = (environment: string, more: Partial<Finding> = {}): Finding => ({
    ...OPEN,
    level: 'error',
    id: 'VLT005',
    environment,
    stack: `${environment}-access`,
    constructPath: `${environment}-access/mail-policy/Resource`,
    seen: 'path "apps/mail" is nothing',
    remedy: 'write apps/data/mail',
    ...more,
  });
  const LINE =
    '[shop-production-access/mail-policy/Resource] VLT005: path "apps/mail" is nothing; write apps/data/mail';

  test.each<[what: string, findings: readonly Finding[], message: string]>([
    ['one finding', [of('shop-production')], `${LINE}\nhow to mend it: docs/rules/VLT005.md`],
    [
      'the same of several environments, once',
      ['shop-production', 'shop-staging', 'bakery-staging'].map((name) => of(name)),
      `${LINE} (and so in shop-staging, bakery-staging)\nhow to mend it: docs/rules/VLT005.md`,
    ],
    [
      'what differs by more than names, apart',
      [of('shop-production'), of('shop-staging', { seen: 'another path is nothing', id: 'VLT001' })],
      `${LINE}\n[shop-staging-access/mail-policy/Resource] VLT001: another path is nothing; write apps/data/mail\nhow to mend it: docs/rules/VLT001.md, docs/rules/VLT005.md`,
    ],
    [
      'no construct, by its address, and nothing that drives a terminal',
      [of('shop-production', { constructPath: undefined, seen: 'a\u202e name' })],
      `[${OPEN.address}] VLT005: a\\u{202e} name; write apps/data/mail\nhow to mend it: docs/rules/VLT005.md`,
    ],
  ])('is told: %s', (_, findings, message) => {
    expect(() => refuseOpenErrors({ ...REVIEW, findings })).toThrow(new Error(message));
  });

  test('is nothing that somebody answers for, or that is a warning', () => {
    const findings = [ACCEPTED, INFO, of('shop-production', { level: 'warning' })];
    expect(() => refuseOpenErrors({ ...REVIEW, findings })).not.toThrow();
  });
});
