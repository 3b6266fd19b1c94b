import { SecretValue } from '../../constructs/secret-value';
import { resources, synth, testPlatform } from '../helper';

test('a service reads a secret: one call grants the rule and wires the variables', () => {
  const platform = testPlatform();
  const database = platform.addMount('apps').addSecret('database', { password: SecretValue.generated() });
  platform.addService('billing', {
    containerName: 'billing',
    image: 'billing:1.0.0',
    reads: [database],
  });
  const [, access, services] = platform.stacks;

  const [policy] = Object.values(resources(synth(access), 'vault_policy'));
  expect(policy?.policy).toMatchInlineSnapshot(`
    "# billing may read database
    path "apps/data/database" {
      capabilities = ["read"]
    }
    "
  `);
  const [container] = Object.values(resources(synth(services), 'docker_container'));
  expect(container?.env).toMatchInlineSnapshot(`
    [
      "VAULT_ADDR=http://shop-vault:8200",
      "VAULT_TOKEN=\${vault_token.billing_token_7B055424.client_token}",
    ]
  `);
});
