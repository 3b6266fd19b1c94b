import { SecretValue } from '../../constructs/secret-value';
import { synth, testPlatform } from '../helper';
import { only } from './synthesized';

test('a generated value is ephemeral and goes to Vault by a write-only argument', () => {
  const platform = testPlatform();
  platform
    .addMount('apps')
    .addSecret('billing/database', { password: SecretValue.generated({ length: 64, special: true }) });
  const [, access] = platform.stacks;

  const { ephemeral, terraform } = synth(access);
  expect(ephemeral).toEqual({
    random_password: { apps_billing_database_password: { length: 64, special: true } },
  });
  expect(terraform).toMatchObject({
    required_providers: { random: { source: 'hashicorp/random', version: '3.7.2' } },
  });
  expect(only(access, 'vault_kv_secret_v2')).toMatchObject({
    data_json_wo:
      '${jsonencode({ "password" = ephemeral.random_password.apps_billing_database_password.result })}',
  });
});

test('a stack without generated values needs no provider for them', () => {
  const platform = testPlatform();
  platform.addMount('apps').addSecret('x', { host: 'db' });
  const access = synth(platform.stacks[1]);
  expect(access).not.toHaveProperty('ephemeral');
  expect(access.terraform).not.toHaveProperty('required_providers.random');
});
