import { Distribution } from '../../constructs/distribution';
import type { Environment } from '../../constructs/environment';
import { Listener } from '../../constructs/listener';
import { ServerMode } from '../../constructs/server-mode';
import { Storage } from '../../constructs/storage';
import { PLACE } from '../constructs/synthesized';
import { PRODUCTION, STAGING, synth, testApp, testPlatform } from '../helper';

/** The provider of Vault in the two stacks that have one. */
function providers(environment: Environment, mode?: ServerMode): unknown[] {
  const platform = testPlatform(testApp(), {
    environment,
    vault: {
      containerName: 'shop-vault',
      distribution: Distribution.vault('hashicorp/vault:1.17.6'),
      hostPort: 8210,
      ...(mode && { mode }),
    },
  });
  return platform.stacks.slice(1).map((stack) => {
    const { vault } = synth(stack).provider as { vault: Record<string, unknown>[] };
    return vault;
  });
}

test('Terraform reaches a development server on the host, with the token that only it may use', () => {
  const expected = [{ address: 'http://127.0.0.1:8210', token: 'shop-dev-root-token' }];
  expect(providers(PLACE.environment)).toEqual([expected, expected]);
});

test.each([STAGING, PRODUCTION])(
  'in $name it takes the operator’s token, knows the authority, and ends with the deploy',
  (environment) => {
    const expected = [
      {
        address: 'https://127.0.0.1:8210',
        ca_cert_file: `../../../certificates/shop-${environment.name}/ca.pem`,
        max_lease_ttl_seconds: 3600,
      },
    ];
    expect(providers(environment)).toEqual([expected, expected]);
  },
);

test('a development server that keeps its data has no token in its stacks either', () => {
  const mode = ServerMode.configured({ listener: Listener.http(), storage: Storage.file() });
  const expected = [{ address: 'http://127.0.0.1:8210', max_lease_ttl_seconds: 3600 }];
  expect(providers(PLACE.environment, mode)).toEqual([expected, expected]);
});
