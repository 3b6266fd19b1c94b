import { loadPolicyParser } from '../../policies/policy-text';
import type { ResourceChange } from '../../review/resource-change';
import { restartedContainers } from '../../review/restarted-containers';
import { shopChange, type shopWith } from './made-change';

beforeAll(loadPolicyParser);

test.each<[what: string, change: Parameters<typeof shopWith>[0], names: readonly string[]]>([
  ['another command', { 'docker_container.store': { command: ['serve'] } }, ['shop-store']],
  ['another name, by the new one', { 'docker_container.store': { name: 'store-2' } }, ['store-2']],
  ['a setting that its provider changes', { 'docker_container.store': { restart: 'always' } }, []],
  ['a container that goes', { 'docker_container.store': undefined }, []],
  ['a container that is new', { 'docker_container.more': { name: 'more', image: 'more:1' } }, []],
  ['a volume that is replaced', { 'docker_volume.data': { name: 'other' } }, []],
])('which containers restart: %s', (_, change, names) => {
  expect(shopChange(change).restarted).toEqual(names);
});

test('of a plan that is not looked into the address is told, once', () => {
  const change: ResourceChange = {
    stack: 'shop',
    address: 'docker_container.store',
    type: 'docker_container',
    action: 'replace',
    attributes: [],
  };
  expect(restartedContainers([change, change], undefined)).toEqual(['docker_container.store']);
});
