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
  acknowledged(findings, acknowledgements, now, () => 'shop-production');

test.each([
  'shop-production-access/operator-policy/Resource',
  'shop-production-access/operator-policy',
  'shop-production-access',
])('an acknowledgement at %s is of the finding there or below', (constructPath) => {
  const one = acknowledgement({ constructPath });
  expect(apply([finding()], one)).toEqual([{ ...finding(), acknowledgement: one }]);
});

test.each([
  ['another rule', { id: 'VLT009' }],
  ['another construct', { constructPath: 'shop-production-access/operator' }],
  ['the construct inside', { constructPath: 'shop-production-access/operator-policy/Resource/x' }],
  ['something else', { about: 'sys/policies' }],
])('fails where it is of %s', (_, more) => {
  const [open, unfit] = apply([finding()], acknowledgement(more));
  expect(open).toEqual(finding());
  expect(unfit).toMatchObject({ id: 'ACK001', level: 'error', remedy: 'take the acknowledgement away' });
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
