import { Distribution } from '../../constructs/distribution';
import { OperatorAccess } from '../../constructs/operator-access';
import { ServerMode } from '../../constructs/server-mode';
import type { PlatformProps } from '../../stacks/platform-props';
import { only } from '../constructs/synthesized';
import { PRODUCTION, STAGING, synth, testApp, testPlatform } from '../helper';

const [stack] = testPlatform().stacks;
const distribution = Distribution.vault('hashicorp/vault:1.17.6');

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

const jwt = OperatorAccess.jwt({
  issuer: 'https://token.example',
  audience: 'https://vault.example',
  claims: { repository: 'team/platform' },
});
const mode = ServerMode.configured({ operatorAccess: [OperatorAccess.userpass('ada'), jwt] });
const external = { address: 'https://vault.example:8200', distribution };
const PLATFORMS: readonly (readonly [string, Partial<PlatformProps>])[] = [
  ['a development server', {}],
  ['a server of staging', { environment: STAGING }],
  ['an external server', { environment: PRODUCTION, vault: { external } }],
  [
    'a server with access for people and CI',
    { environment: PRODUCTION, vault: { containerName: 'shop-vault', distribution, mode } },
  ],
];

test.each(PLATFORMS)(
  '%s is described for the commands as it is, without expressions for Terraform',
  (_, props) => {
    const { stacks, vault } = testPlatform(testApp(), props);
    const { locals } = synth(stacks[0]) as unknown as { locals: Record<string, unknown> };
    expect(locals).toEqual({ vault: JSON.parse(JSON.stringify(vault.description)) });
    // The commands read the file, and nobody resolves anything for them.
    expect(JSON.stringify(locals)).not.toMatch(/[$%]\{/);
  },
);

test('Docker chooses the addresses of a development server, which binds nobody to them', () => {
  expect(only(stack, 'docker_network')).not.toHaveProperty('ipam_config');
  for (const vault of [undefined, { external }]) {
    const [lasting] = testPlatform(testApp(), { environment: STAGING, ...(vault && { vault }) }).stacks;
    expect(only(lasting, 'docker_network').ipam_config).toEqual([{ subnet: '172.28.99.0/24' }]);
  }
});
