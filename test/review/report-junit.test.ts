import { findingsJunit } from '../../review/report-junit';
import { NOTHING, OPEN, REVIEW } from './made-review';

test('each rule is a test of each environment', () => {
  expect(findingsJunit(REVIEW)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="review" tests="6" failures="1" errors="0" skipped="1">
  <testsuite name="shop-development" tests="3" failures="0" errors="0" skipped="1">
    <testcase classname="shop-development" name="TST001 a test that tells"/>
    <testcase classname="shop-development" name="TST002 a test that &lt;fails&gt;"/>
    <testcase classname="shop-development" name="TST003 a test that warns">
      <skipped message="cannot be judged here"/>
    </testcase>
  </testsuite>
  <testsuite name="shop-production" tests="3" failures="1" errors="0" skipped="0">
    <testcase classname="shop-production" name="TST001 a test that tells">
      <system-out>info: vault_policy.plain: a name with \\u{202e} in it; narrow it</system-out>
    </testcase>
    <testcase classname="shop-production" name="TST002 a test that &lt;fails&gt;">
      <failure type="TST002" message="a test that &lt;fails&gt;">error: shop-production-access/crm-policy/Resource (vault_policy.crm_1A2B): path &quot;kv/data/*&quot; { read } of policy crm, line 4 is &amp; stays &quot;wide&quot;; narrow it</failure>
    </testcase>
    <testcase classname="shop-production" name="TST003 a test that warns">
      <system-out>warning: shop-production-access/operator-policy/Resource (vault_policy.operator_3C4D): path &quot;kv/data/*&quot; { read } of policy crm, line 4 is &amp; stays &quot;wide&quot;; narrow it [acknowledged by platform team: two people &amp; an audit log]</system-out>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test.each([
  ['info', 0],
  ['warning', 0],
  ['error', 1],
  ['fatal', 1],
] as const)('a finding of level %s makes %i failures', (level, failures) => {
  const findings = [{ ...OPEN, level }];
  expect(findingsJunit({ ...REVIEW, findings })).toContain(`tests="6" failures="${failures}"`);
});

test('several findings of a rule are one failure', () => {
  const findings = [OPEN, { ...OPEN, seen: 'another' }];
  const xml = findingsJunit({ ...REVIEW, findings });
  expect(xml.match(/<failure /g)).toHaveLength(1);
  expect(xml).toContain('; narrow it\nerror: ');
});

test('a character that XML cannot write is left out', () => {
  expect(findingsJunit({ ...REVIEW, findings: [{ ...OPEN, seen: 'a\u0000b\ufffec\n]]>' }] })).toContain(
    'a\\u{0}bc\\u{a}]]&gt;; narrow it',
  );
});

test('nothing at all is a report too', () => {
  expect(findingsJunit(NOTHING)).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="review" tests="0" failures="0" errors="0" skipped="0">\n</testsuites>\n',
  );
});
