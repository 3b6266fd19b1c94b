import { DIALECTS } from '../../policies/dialect';
import { loadPolicyParser } from '../../policies/policy-text';
import { type Agreement, agreement, readTexts } from './recorded-policy-texts';

beforeAll(loadPolicyParser);

test('policies mean what they mean to a real server, and what it refuses is refused', () => {
  const count: Record<Agreement, number> = { 'refused by both': 0, 'read alike': 0, strict: 0 };
  for (const recorded of readTexts()) count[agreement(recorded, DIALECTS['openbao-2.5'])] += 1;
  expect(Math.min(...Object.values(count))).toBeGreaterThan(30);
  expect(count['read alike']).toBeGreaterThan(100);
});
