import { Distribution } from '../../constructs/distribution';
import { Listener } from '../../constructs/listener';
import { ServerMode } from '../../constructs/server-mode';
import { Storage } from '../../constructs/storage';
import type { PlatformProps } from '../../stacks/platform-props';
import { STAGING, testApp, testPlatform } from '../helper';

const distribution = Distribution.vault('hashicorp/vault:1.17.6');
const own = { containerName: 'shop-vault', distribution };

test.each<[string, Partial<PlatformProps>, boolean]>([
  ['a development server', {}, false],
  ['a configured server', { environment: STAGING }, true],
  [
    'a configured server of development',
    {
      vault: { ...own, mode: ServerMode.configured({ listener: Listener.http(), storage: Storage.file() }) },
    },
    true,
  ],
  [
    'an external server',
    { vault: { external: { address: 'https://vault.example:8200', distribution } } },
    true,
  ],
])('%s keeps what is written, or has a root token of its own: %#', (_, props, isLasting) => {
  const { vault } = testPlatform(testApp(), props);
  expect(vault.isLasting).toBe(isLasting);
  expect(vault.developmentRootToken).toBe(isLasting ? undefined : 'shop-dev-root-token');
});
