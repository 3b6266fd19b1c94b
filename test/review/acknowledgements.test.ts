import { acknowledged } from '../../review/acknowledgements';
import type { Acknowledgement, Finding } from '../../review/rule';

const finding = (more: Partial<Finding> = {}): Finding => ({
  id: 'VLT010',
  level: 'warning',
  title: 'a right that leads to every other',
  environment: 'shop-production',
  stack: 'shop-production-access',
  address: 'vault_policy.operator',
  constructPath: 'shop-production-access/operator-policy/Resource',
  seen: 'path "auth/*" is enough',
  remedy: 'take it away',
  ...more,
});

const acknowledgement = (more: Partial<Acknowledgement> = {}): Acknowledgement => ({
  id: 'VLT010',
  constructPath: 'shop-production-access/operator-policy',
  reason: 'two people, and every use is in the audit log',
  owner: 'platform team',
  ...more,
});

const now = Date.parse('2026-06-15T12:00:00Z');
const apply = (findings: readonly Finding[], ...acknowledgements: readonly Acknowledgement[]) =>
  acknowledged(findings, acknowledgements, {
    now,
    environmentOf: () => 'shop-production',
    ruleIds: ['VLT005', 'VLT010', 'HRD-B01'],
  });

test.each([
  'shop-production-access/operator-policy/Resource',
  'shop-production-access/operator-policy',
  'shop-production-access',
])('an acknowledgement at %s is of the finding there or below', (constructPath) => {
  const one = acknowledgement({ constructPath });
  expect(apply([finding()], one)).toEqual([{ ...finding(), acknowledgement: one }]);
});

const AWAY = 'take the acknowledgement away';
const OF_POLICY = 'shop-production-access/operator-policy';

test.each<[string, Partial<Acknowledgement>, string, string]>([
  [
    'another rule',
    { id: 'VLT005' },
    `there is no finding VLT005 of ${OF_POLICY}, which has VLT010`,
    `name the rule that is meant, or ${AWAY}`,
  ],
  [
    'another construct',
    { constructPath: 'shop-production-access/operator' },
    'there is no finding VLT010 of shop-production-access/operator',
    AWAY,
  ],
  [
    'the construct inside',
    { constructPath: `${OF_POLICY}/Resource/x` },
    `there is no finding VLT010 of ${OF_POLICY}/Resource/x`,
    AWAY,
  ],
  [
    'something else',
    { about: 'sys/policies' },
    `there is no finding VLT010 of ${OF_POLICY} that says 'sys/policies'`,
    `write a part of what it says as 'about', or ${AWAY}`,
  ],
  [
    'a rule that there is not, near to the one that found something',
    { id: 'VLT011' },
    `there is no rule VLT011; ${OF_POLICY} has VLT010`,
    "did you mean 'VLT010'?",
  ],
  [
    'a rule that there is not, near to another one',
    { id: 'HRD-B1', constructPath: 'shop-production-vault' },
    'there is no rule HRD-B1',
    "did you mean 'HRD-B01'?",
  ],
  [
    'a rule that there is not, near to none',
    { id: 'XYZ-Q9999', constructPath: 'shop-production-vault' },
    'there is no rule XYZ-Q9999',
    AWAY,
  ],
])('fails where it is of %s', (_, more, seen, remedy) => {
  const [open, unfit] = apply([finding()], acknowledgement(more));
  expect(open).toEqual(finding());
  expect(unfit).toMatchObject({ id: 'ACK001', level: 'error', seen, remedy });
});

test('names no rule whose finding is acknowledged', () => {
  const found = apply([finding()], acknowledgement(), acknowledgement({ id: 'VLT005' }));
  expect(found[1]).toMatchObject({ seen: `there is no finding VLT005 of ${OF_POLICY}`, remedy: AWAY });
});

test('fails where a finding has no construct', () => {
  const bare = { ...finding(), constructPath: undefined };
  expect(apply([bare], acknowledgement())).toMatchObject([{ id: 'VLT010' }, { id: 'ACK001' }]);
});

test('fails where it is of several, and says of which', () => {
  const other = finding({ seen: 'path "sys/policies/acl/*" is enough' });
  const found = apply([finding(), other], acknowledgement());
  expect(found.slice(0, 2)).toEqual([finding(), other]);
  expect(found[2]?.seen).toBe(
    'there are 2 findings VLT010 of shop-production-access/operator-policy: vault_policy.operator: path "auth/*" is enough; vault_policy.operator: path "sys/policies/acl/*" is enough',
  );
});

test('one of several is told by what it says', () => {
  const other = finding({ seen: 'path "sys/policies/acl/*" is enough' });
  const one = acknowledgement({ about: 'sys/policies/acl/*' });
  expect(apply([finding(), other], one)).toEqual([finding(), { ...other, acknowledgement: one }]);
});

test('fails where the finding is fatal', () => {
  const [open, unfit] = apply([finding({ level: 'fatal' })], acknowledgement());
  expect(open?.acknowledgement).toBeUndefined();
  expect(unfit).toMatchObject({ id: 'ACK001', seen: expect.stringContaining('is fatal') });
});

test('fails where the finding is acknowledged already', () => {
  const found = apply([finding()], acknowledgement(), acknowledgement({ owner: 'somebody else' }));
  expect(found[0]?.acknowledgement?.owner).toBe('platform team');
  expect(found[1]).toMatchObject({ id: 'ACK001', seen: expect.stringContaining('acknowledged already') });
});

test.each(['2026-06-15', '2026-06-16', '2027-01-01'])('holds on its last day and before: %s', (expires) => {
  expect(apply([finding()], acknowledgement({ expires }))[0]?.acknowledgement?.expires).toBe(expires);
});

test.each(['2026-06-14', '2020-01-01', 'next summer', '2026-13-01', '2027-1-1'])(
  'fails where it has expired or names no day: %s',
  (expires) => {
    const [open, expired] = apply([finding()], acknowledgement({ expires }));
    expect(open?.acknowledgement).toBeUndefined();
    expect(expired).toMatchObject({
      id: 'ACK002',
      level: 'error',
      environment: 'shop-production',
      constructPath: 'shop-production-access/operator-policy',
      seen: expect.stringContaining(expires),
    });
  },
);
