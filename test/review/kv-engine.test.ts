import { capabilityNames, capabilitySet } from '../../policies/capability';
import { PathPattern } from '../../policies/path-pattern';
import { loadPolicyParser } from '../../policies/policy-text';
import { isKv2Data, kvPlace, meaningful } from '../../review/kv-engine';
import { declaredEnvironment } from './declared-environment';

beforeAll(loadPolicyParser);
const environment = () => declaredEnvironment({ policies: {}, mounts: { kv: 2, 'kv-old': 1, 'team/kv': 2 } });

test.each([
  ['kv/data/crm/key', 'kv', 'data', 'crm/key'],
  ['kv/data/', 'kv', 'data', ''],
  ['kv/data', 'kv', 'data', undefined],
  ['kv/*', 'kv', '*', undefined],
  ['kv/', 'kv', '', undefined],
  ['kv-old/crm', 'kv-old', 'crm', undefined],
  ['team/kv/metadata/*', 'team/kv', 'metadata', '*'],
])('%s is of engine %s, part %s, below %s', (text, mount, part, below) => {
  expect(kvPlace(environment(), text)).toEqual({
    mount: expect.objectContaining({ path: mount }),
    part,
    ...(below !== undefined && { below }),
  });
});

test.each(['kv', 'kv*', 'kv2/data/x', 'sys/mounts/kv', '+/data/x', ''])('%s is of none', (text) => {
  expect(kvPlace(environment(), text)).toBeUndefined();
});

test.each([
  ['kv/data/crm', ['read', 'update', 'list', 'scan'], ['read', 'update']],
  ['kv/metadata/crm', ['read', 'list', 'delete'], ['read', 'delete', 'list']],
  ['kv/destroy/crm', ['read', 'update', 'delete', 'list'], ['update']],
  ['kv/undelete/crm', ['delete'], []],
  ['kv-old/destroy/crm', ['delete', 'list'], ['delete', 'list']],
  ['pki/data/x', ['read', 'list'], ['read', 'list']],
] as const)('at %s there is a request for %j: %j', (path, given, left) => {
  expect(capabilityNames(meaningful(environment(), path, capabilitySet(given)))).toEqual(left);
});

test.each([
  ['kv/data/crm', true],
  ['kv/data/*', true],
  ['kv/data', false],
  ['kv/*', false],
  ['kv/metadata/crm', false],
  ['kv-old/data/crm', false],
])('%s is about values of version 2: %s', (path, isData) => {
  expect(isKv2Data(environment(), PathPattern.of(path))).toBe(isData);
});
