import { Distribution } from '../../constructs/distribution';
import { synth, testApp, testPlatform } from '../helper';

test('Terraform reaches the server on the host, with the token that only it may use', () => {
  const platform = testPlatform(testApp(), {
    vault: {
      containerName: 'shop-vault',
      distribution: Distribution.vault('hashicorp/vault:1.17.6'),
      hostPort: 8210,
    },
  });
  for (const stack of platform.stacks.slice(1)) {
    expect(synth(stack).provider).toMatchObject({
      vault: [{ address: 'http://127.0.0.1:8210', token: 'shop-dev-root-token' }],
    });
  }
});
