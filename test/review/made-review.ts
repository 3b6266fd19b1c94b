import type { Finding } from '../../review/rule';
import type { Review } from '../../review/rules-run';

export const OPEN: Finding = {
  id: 'TST002',
  level: 'error',
  title: 'a test that <fails>',
  environment: 'shop-production',
  stack: 'shop-production-access',
  address: 'vault_policy.crm_1A2B',
  constructPath: 'shop-production-access/crm-policy/Resource',
  seen: 'path "kv/data/*" { read } of policy crm, line 4 is & stays "wide"',
  remedy: 'narrow it',
};

export const ACCEPTED: Finding = {
  ...OPEN,
  id: 'TST003',
  level: 'warning',
  title: 'a test that warns',
  address: 'vault_policy.operator_3C4D',
  constructPath: 'shop-production-access/operator-policy/Resource',
  acknowledgement: {
    id: 'TST003',
    constructPath: 'shop-production-access/operator-policy',
    reason: 'two people & an audit log',
    owner: 'platform team',
    expires: '2027-01-31',
  },
};

export const INFO: Finding = {
  ...OPEN,
  id: 'TST001',
  level: 'info',
  title: 'a test that tells',
  stack: 'odd stack/ü',
  address: 'vault_policy.plain',
  constructPath: undefined,
  seen: 'a name with \u202e in it',
};

/** One environment with three findings, one with none, in which one rule cannot be judged. */
export const REVIEW: Review = {
  environments: [
    { name: 'shop-development', isDevelopment: true, judged: ['TST001', 'TST002'] },
    { name: 'shop-production', isDevelopment: false, judged: ['TST001', 'TST002', 'TST003'] },
  ],
  rules: [INFO, OPEN, ACCEPTED].map(({ id, level, title }) => ({ id, level, title })),
  findings: [OPEN, ACCEPTED, INFO],
};

export const NOTHING: Review = { environments: [], rules: [], findings: [] };
