import { SecretValue } from '../../constructs/secret-value';
import { synth, testPlatform } from '../helper';

test('it holds mounts, secrets and policies, and needs Vault alone', () => {
  const platform = testPlatform();
  const database = platform.addMount('apps').addSecret('database', { password: SecretValue.generated() });
  platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
    reads: [database],
  });
  const { resource, provider } = synth(platform.stacks[1]);
  expect(Object.keys(resource).sort()).toEqual(['vault_kv_secret_v2', 'vault_mount', 'vault_policy']);
  expect(Object.keys(provider as object)).toEqual(['vault']);
});
