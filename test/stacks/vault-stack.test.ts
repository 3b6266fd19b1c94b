import { synth, testPlatform } from '../helper';

const [stack] = testPlatform().stacks;

test('it holds the network and the server, and needs Docker alone', () => {
  const { resource, provider } = synth(stack);
  expect(Object.keys(resource).sort()).toEqual(['docker_container', 'docker_network']);
  expect(provider).toEqual({ docker: [{}] });
});

test('the server comes after its network', () => {
  const { resource } = synth(stack);
  const [network] = Object.keys(resource.docker_network ?? {});
  expect(Object.values(resource.docker_container ?? {})).toEqual([
    expect.objectContaining({
      name: 'shop-vault',
      depends_on: [`docker_network.${network}`],
      networks_advanced: [{ name: 'shop-network' }],
    }),
  ]);
});

test('its server is the one of the platform', () => {
  const platform = testPlatform();
  expect(platform.stacks[0].server).toBe(platform.vault);
});
