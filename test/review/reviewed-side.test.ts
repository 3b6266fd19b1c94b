import * as path from 'node:path';
import { loadPolicyParser } from '../../policies/policy-text';
import { reviewedSide } from '../../review/reviewed-side';
import { folderWith } from '../access/synth-folder';
import { SHOP, shopWith, stack } from './made-change';

beforeAll(loadPolicyParser);

const path1 = 'shop/store-role/Resource';
const WITHOUT_TTL = shopWith({
  'vault_approle_auth_backend_role.store': {
    secret_id_ttl: undefined,
    '//': { metadata: { path: path1, uniqueId: 'store' } },
  },
});
const DECISION = {
  id: 'HRD-B23',
  constructPath: 'shop/store-role',
  reason: 'a test',
  owner: 'platform team',
};
const finding = (more: object) => ({
  id: 'HRD-B23',
  level: 'warning',
  title: 't',
  environment: 'shop',
  stack: 'shop',
  address: 'a',
  seen: 's',
  remedy: 'r',
  ...more,
});

function found(findings: unknown) {
  const folder = folderWith({ 'review/findings.json': { version: 1, findings } });
  const { review } = reviewedSide({ sources: [stack('shop', WITHOUT_TTL)], folder });
  return review.findings
    .filter(({ id }) => id === 'HRD-B23' || id.startsWith('ACK'))
    .map(({ id, acknowledgement }) => [id, acknowledgement?.owner]);
}

test('a decision to live with a finding is read of the report of the synth', () => {
  expect(found([])).toEqual([['HRD-B23', undefined]]);
  expect(found([finding({ acknowledgement: DECISION })])).toEqual([['HRD-B23', 'platform team']]);
});

test('a decision that has expired since is an error', () => {
  const acknowledgement = { ...DECISION, expires: '2020-01-31' };
  expect(found([finding({ acknowledgement })])).toEqual([
    ['ACK002', undefined],
    ['HRD-B23', undefined],
  ]);
});

test('what is wrong with decisions that are of no finding is told too', () => {
  expect(found([finding({ id: 'ACK001', level: 'error' })])).toEqual([
    ['HRD-B23', undefined],
    ['ACK001', undefined],
  ]);
});

test('a synth without a report has no decisions', () => {
  const { review } = reviewedSide({ sources: [stack('shop', WITHOUT_TTL)], folder: folderWith({}) });
  expect(review.findings.map(({ id }) => id)).toContain('HRD-B23');
});

test.each<[string, unknown]>([
  ['no JSON', '{'],
  ['no list', { findings: {} }],
  ['findings that are none', { findings: [{ id: 1 }] }],
  ['acknowledgements that are none', { findings: [finding({ acknowledgement: { id: 'a' } })] }],
])('fails on a report that has %s', (_, report) => {
  const folder = folderWith({ 'review/findings.json': report });
  const file = path.join(folder, 'review', 'findings.json');
  expect(() => reviewedSide({ sources: [], folder })).toThrow(
    `${file}: must be a report of findings, got something else; synthesize again`,
  );
});

test('a stack belongs to the environment that it is looked at with', () => {
  const sources = [
    stack('shop-access', SHOP),
    { ...stack('shop-services', { docker_volume: { data: {} } }), dependencies: ['shop-access'] },
    stack('shop-services-idle', {}),
    stack('plain', { docker_volume: { data: {} } }),
  ];
  const { environmentOf } = reviewedSide({ sources });
  expect(Object.fromEntries(environmentOf)).toEqual({
    'shop-access': 'shop',
    'shop-services': 'shop',
    'shop-services-idle': 'shop',
    plain: 'plain',
  });
});

test('of stacks that plans alone tell, those count that have something', () => {
  const side = reviewedSide({ sources: [], planned: [stack('shop', SHOP), stack('empty', {})] });
  expect(side.environments.map(({ name }) => name)).toEqual(['shop']);
  expect([...side.environmentOf.keys()]).toEqual(['shop']);
  expect(side.sources).toEqual([]);
});
