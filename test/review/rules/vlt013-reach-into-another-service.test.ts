import { loadPolicyParser } from '../../../policies/policy-text';
import { reachIntoAnotherService } from '../../../review/rules/vlt013-reach-into-another-service';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

const crm = path('kv/data/platform/crm-key', 'read');

test('a wildcard is found that takes in what one service alone is given', () => {
  const policies = { crm, gateway: path('kv/data/platform/*', 'read') };
  expect(seen(reachIntoAnotherService, { policies })).toEqual([
    `vault_policy.gateway: path "kv/data/platform/*" { read } of policy gateway, line 1 takes in 'kv/data/platform/crm-key' of crm, for role 'gateway'`,
  ]);
});

test.each(['create', 'update', 'patch', 'delete'])('to %s is to reach it too', (capability) => {
  const policies = { crm, gateway: path('kv/data/+/crm-key', capability) };
  expect(seen(reachIntoAnotherService, { policies })).toHaveLength(1);
});

test('folders belong to a service as well', () => {
  const policies = { crm: path('kv/data/crm/*', 'read'), gateway: path('kv/data/*', 'read') };
  expect(seen(reachIntoAnotherService, { policies })).toEqual([
    expect.stringContaining("takes in 'kv/data/crm/*' of crm"),
  ]);
});

test('version 1 has no data/', () => {
  const policies = { crm: path('kv/crm/key', 'read'), gateway: path('kv/*', 'read') };
  expect(seen(reachIntoAnotherService, { policies, mounts: { kv: 1 } })).toHaveLength(1);
});

test('of many services only some are named', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const policies = {
    ...Object.fromEntries(names.map((name) => [name, path(`kv/data/platform/${name}`, 'read')])),
    gateway: path('kv/data/platform/*', 'read'),
  };
  expect(seen(reachIntoAnotherService, { policies })).toEqual([
    expect.stringMatching(/'kv\/data\/platform\/c' of c and 2 more, for role 'gateway'$/),
  ]);
});

test.each([
  ['the other names it too', path('kv/data/platform/crm-key', 'read')],
  [
    'the wildcard is beside it',
    path('kv/data/platform/crm-key-old*', 'read') + path('kv/data/mail/*', 'read'),
  ],
  ['only names are listed', path('kv/metadata/platform/*', 'list', 'read')],
  ['it is denied', path('kv/data/platform/*', 'read') + path('kv/data/platform/crm-key', 'deny')],
  [
    'a narrower rule allows nothing there',
    path('kv/data/platform/*', 'read') + path('kv/data/platform/crm*'),
  ],
  ['it is another engine', path('kv2/data/platform/*', 'read')],
])('nothing is found where %s', (_, gateway) => {
  expect(seen(reachIntoAnotherService, { policies: { crm, gateway } })).toEqual([]);
});

test('people who look after all secrets are no service', () => {
  const policies = { crm, operator: path('kv/data/*', 'read') };
  expect(seen(reachIntoAnotherService, { policies, roles: { crm: ['crm'] } })).toEqual([]);
});

test('what several services are given belongs to none', () => {
  const policies = { crm, web: crm, gateway: path('kv/data/platform/*', 'read') };
  expect(seen(reachIntoAnotherService, { policies })).toEqual([]);
});

test('a service takes nothing from itself', () => {
  const own = path('kv/data/*', 'read') + path('kv/data/+/x*', 'read');
  expect(seen(reachIntoAnotherService, { policies: { crm: own } })).toEqual([]);
});

test('a wildcard that only meets a folder of another service does not take it in', () => {
  const policies = { crm: path('kv/data/crm/*', 'read'), web: path('kv/data/+/public', 'read') };
  expect(seen(reachIntoAnotherService, { policies })).toEqual([]);
});
