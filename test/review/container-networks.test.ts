import { loadPolicyParser } from '../../policies/policy-text';
import { type Container, containersOf } from '../../review/container';
import { areConnected, knowsAllNames, namedContainersOf, networksOf } from '../../review/container-networks';
import { type DeclaredWiring, declaredWiring } from './declared-wiring';

beforeAll(loadPolicyParser);

function read(declared: DeclaredWiring) {
  const environment = declaredWiring(declared);
  const named = (name: string) => containersOf(environment).find((one) => one.name === name) as Container;
  return { environment, app: named('crm'), server: named('vault') };
}

test.each([
  [{}, ['shop'], true],
  [{ networks_advanced: undefined }, [], true],
  [{ networks_advanced: [{ name: '${docker_network.shop.id}' }] }, ['shop'], true],
  [{ networks_advanced: undefined, networks: ['shop'] }, ['shop'], true],
  [{ networks_advanced: undefined, network_mode: 'shop' }, ['shop'], true],
  [{ networks_advanced: undefined, network_mode: 'bridge' }, [], true],
  [{ networks_advanced: [{ name: '${var.network}' }] }, ['\u27e8var.network\u27e9'], false],
  [{ networks_advanced: '${var.networks}' }, [], false],
])('a container with %j is on %j', (attributes, names, isWhole) => {
  const found = networksOf(read({ app: attributes }).app);
  expect([found.names, found.isWhole]).toEqual([names, isWhole]);
});

test.each([
  [{}, true],
  [{ networks_advanced: [{ name: 'front' }] }, false],
  [{ networks_advanced: [{ name: '${var.network}' }] }, undefined],
  [{ network_mode: 'container:other' }, undefined],
])('with %j it finds the server: %s', (attributes, isConnected) => {
  const { app, server } = read({ app: attributes });
  expect(areConnected(app, server)).toBe(isConnected);
});

test('containers that share a network which an apply alone knows are connected', () => {
  const networks = { networks_advanced: [{ name: '${var.network}' }] };
  const { app, server } = read({ app: networks, server: networks });
  expect(areConnected(app, server)).toBe(true);
});

test('a container is called by its name, its aliases and its host name, in any letters', () => {
  const server = { hostname: 'Safe', networks_advanced: [{ name: 'shop', aliases: ['any', 'other'] }] };
  const called = namedContainersOf(read({ server }).environment);
  const names = [...called].filter(([, [first]]) => first?.name === 'vault').map(([name]) => name);
  expect(names.sort()).toEqual(['any', 'other', 'safe', 'vault']);
});

test.each([
  [{}, true],
  [{ resource: { docker_network: {} } }, false],
  [{ more: { module: { x: { source: './x' } } } }, false],
  [{ resource: { docker_service: { x: { name: 'x' } } } }, false],
  [{ agent: { name: '${var.name}' } }, false],
])('with %j all names are known: %s', (declared, isKnown) => {
  const { environment, app } = read(declared);
  expect(knowsAllNames(environment, app)).toBe(isKnown);
});
