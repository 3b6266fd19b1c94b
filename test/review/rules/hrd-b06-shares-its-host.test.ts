import { loadPolicyParser } from '../../../policies/policy-text';
import { sharesItsHost } from '../../../review/rules/hrd-b06-shares-its-host';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [{ docker_container: { crm: { name: 'crm', image: 'crm:1.0.0' } } }, 'services run on the same host: crm'],
])('%j is found', (resource, seen) => {
  expect(seenOf(sharesItsHost, { resource })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([
  [{ docker_container: { agent: { name: 'agent', image: 'hashicorp/vault:1.17.6', command: ['agent'] } } }],
])('%j is not', (resource) => {
  expect(seenOf(sharesItsHost, { resource })).toEqual([]);
});

test('a container of another host is not, where the provider of each says so', () => {
  const crm = { name: 'crm', image: 'crm:1.0.0', provider: 'docker.other' };
  const hosts = (host: string) => ({
    resource: { docker_container: { crm } },
    more: { provider: { docker: [{}, { alias: 'other', host }] } },
  });
  expect(seenOf(sharesItsHost, hosts('ssh://other'))).toEqual([]);
  expect(
    seenOf(sharesItsHost, { ...hosts(''), more: { provider: { docker: [{}, { alias: 'other' }] } } }),
  ).toEqual(['docker_container.server: services run on the same host: crm']);
});
