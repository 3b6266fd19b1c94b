import { synth, testPlatform } from '../helper';

test('it holds containers, volumes and tokens, and needs Docker and Vault', () => {
  const platform = testPlatform();
  const reads = [platform.addMount('apps').everything()];
  platform.addService('billing', { containerName: 'shop-billing', image: 'shop/billing:1', reads });
  platform.addBackingService('db', {
    containerName: 'shop-db',
    image: 'postgres:16.4',
    user: '999:999',
    data: { data: '/data' },
  });
  const { resource, provider } = synth(platform.stacks[2]);
  expect(Object.keys(resource).sort()).toEqual(['docker_container', 'docker_volume', 'vault_token']);
  expect(Object.keys(provider as object).sort()).toEqual(['docker', 'vault']);
});
