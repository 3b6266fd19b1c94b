import { findingsText, placeOf } from '../../review/report-text';
import { NOTHING, OPEN, REVIEW } from './made-review';

test('findings are told by environment, what is worse first, and what is acknowledged last', () => {
  expect(findingsText(REVIEW)).toBe(`shop-development: nothing found

shop-production: 1 error, 1 info, 1 acknowledged
  error TST002: a test that <fails>
    shop-production-access/crm-policy/Resource (vault_policy.crm_1A2B)
    path "kv/data/*" { read } of policy crm, line 4 is & stays "wide"
    mend: narrow it
  info TST001: a test that tells
    vault_policy.plain
    a name with \\u{202e} in it
    mend: narrow it
  acknowledged warning TST003: shop-production-access/operator-policy/Resource
    two people & an audit log (platform team, until 2027-01-31)
`);
});

test('several of a level are counted together', () => {
  const findings = [1, 2].map((i) => ({ ...OPEN, seen: `${i}` }));
  expect(findingsText({ ...REVIEW, findings })).toContain('shop-production: 2 errors\n');
});

test('lines are as wide as the terminal, and words stay whole', () => {
  const seen = `${'word '.repeat(40)}${'x'.repeat(90)}`;
  const lines = findingsText({ ...REVIEW, findings: [{ ...OPEN, seen }] }, 70).split('\n');
  expect(lines).toContain(`    ${'x'.repeat(90)}`);
  expect(Math.max(...lines.filter((line) => !line.includes('xxx')).map(({ length }) => length))).toBe(70);
});

test('an acknowledgement without an end has none', () => {
  const findings = REVIEW.findings.map((one) =>
    one.acknowledgement ? { ...one, acknowledgement: { ...one.acknowledgement, expires: undefined } } : one,
  );
  expect(findingsText({ ...REVIEW, findings })).toContain('    two people & an audit log (platform team)\n');
});

test('a construct that is its own address is named once', () => {
  expect(placeOf({ ...OPEN, constructPath: OPEN.address })).toBe('vault_policy.crm_1A2B');
});

test('without environments it says so', () => {
  expect(findingsText(NOTHING)).toBe('no environments\n');
});
