import type { App } from 'cdktf';
import type { Environment } from '../../constructs/environment';
import { bizosaas } from '../../platforms/bizosaas';
import { configService } from '../../platforms/config-service';
import { zakupai } from '../../platforms/zakupai';
import type { Platform } from '../../stacks/platform';
import { ENVIRONMENTS, PlatformFacts, type Resource } from './platform-facts';
import { holdsBurntCredential, literalSecrets, placesOfRootToken } from './secrecy';

type Declare = (app: App, environment: Environment) => Platform;
const PLATFORMS: Readonly<Record<string, Declare>> = { bizosaas, zakupai, 'config-service': configService };

/** The address of each platform's network. */
const SUBNETS: Readonly<Record<string, string>> = {
  bizosaas: '172.28.10.0/24',
  zakupai: '172.28.11.0/24',
  'config-service': '172.28.12.0/24',
};

const MATRIX = Object.entries(PLATFORMS).flatMap(([name, declare]) =>
  ENVIRONMENTS.map((environment) => ({ name, environment, facts: new PlatformFacts(declare, environment) })),
);

const mounts = (container: Resource) =>
  ((container.volumes ?? []) as Resource[]).map(({ volume_name, container_path, read_only }) => ({
    name: volume_name,
    path: container_path,
    readOnly: read_only === true,
  }));

describe.each(MATRIX)('$name in $environment.name', ({ name, environment, facts }) => {
  const { vault } = facts.platform;
  const containers = facts.containers();
  const running = Object.entries(containers).filter(([, { must_run }]) => must_run !== false);
  const environments = facts.environments();
  const isLasting = vault.isLasting;

  describe('the network', () => {
    test('has the addresses of the platform where identities are bound to them', () => {
      const [network] = facts.all('vault', 'docker_network');
      expect(network?.ipam_config).toEqual(isLasting ? [{ subnet: SUBNETS[name] }] : undefined);
      expect(vault.clientSubnet).toBe(isLasting ? SUBNETS[name] : undefined);
    });

    test('is that of every container that runs, and those that only copy files have none', () => {
      const [network] = facts.all('vault', 'docker_network');
      for (const [container, { networks_advanced, network_mode }] of Object.entries(containers)) {
        const copies = container.endsWith('-files');
        const names = ((networks_advanced ?? []) as Resource[]).map((one) => one.name);
        expect([container, network_mode, names]).toEqual(
          copies ? [container, 'none', []] : [container, undefined, [network?.name]],
        );
      }
    });

    test('is reached from the host on loopback alone', () => {
      for (const [container, { ports = [] }] of Object.entries(containers)) {
        for (const port of ports as Resource[])
          expect([container, port.ip]).toEqual([container, '127.0.0.1']);
      }
    });
  });

  describe('every container', () => {
    test('has an image that is the same tomorrow, outside development', () => {
      const moving = Object.entries(containers).filter(([, { image }]) => String(image).endsWith(':latest'));
      if (!environment.isDevelopment) expect(moving).toEqual([]);
      for (const { image } of Object.values(containers)) expect(image).toMatch(/:[\w.-]+$/);
    });

    test('is hardened: no new privileges, no core dumps, no swap, few capabilities, rotated logs', () => {
      for (const [container, attributes] of Object.entries(containers)) {
        expect([container, attributes]).toEqual([
          container,
          expect.objectContaining({
            security_opts: ['no-new-privileges:true'],
            ulimit: expect.arrayContaining([{ name: 'core', soft: 0, hard: 0 }]),
            memory_swap: attributes.memory,
            capabilities: expect.objectContaining({ drop: ['ALL'] }),
            log_opts: expect.objectContaining({
              'max-size': expect.any(String),
              'max-file': expect.any(String),
            }),
          }),
        ]);
        expect(attributes).not.toHaveProperty('privileged');
      }
    });

    test('has no capability, but for locking memory and for copying files', () => {
      const kept = Object.entries(containers).flatMap(([container, { capabilities }]) =>
        ((capabilities as { add?: string[] }).add ?? []).map((one) => `${container} ${one}`),
      );
      const others = kept.filter((one) => !/-files CAP_(CHOWN|DAC_OVERRIDE|FOWNER)$/.test(one));
      // ZakupAI's development server keeps its data in a file, and locks its memory.
      expect(others).toEqual(
        name === 'zakupai' && environment.isDevelopment ? ['zakupai-vault CAP_IPC_LOCK'] : [],
      );
    });
  });

  describe('whoever is told where Vault is', () => {
    const clients = running.filter(([container]) => environments[container]?.VAULT_ADDR !== undefined);

    test('is told the address of the server, and knows its authority by TLS', () => {
      expect(clients.length).toBeGreaterThan(3);
      const scheme = environment.isDevelopment ? 'http' : 'https';
      for (const [container, attributes] of clients) {
        const { VAULT_ADDR, VAULT_CACERT } = environments[container] ?? {};
        expect([container, VAULT_ADDR]).toEqual([container, vault.address]);
        expect(VAULT_ADDR).toMatch(new RegExp(`^${scheme}://`));
        expect([container, VAULT_CACERT]).toEqual([
          container,
          environment.isDevelopment ? undefined : '/vault/tls/ca.pem',
        ]);
        expect(mounts(attributes).filter(({ path }) => path === '/vault/tls')).toEqual(
          environment.isDevelopment
            ? []
            : [{ name: expect.stringMatching(/-ca$/), path: '/vault/tls', readOnly: true }],
        );
      }
    });

    test('finds a token of its own: in a file that its agent writes, or in memory-only development in a variable', () => {
      for (const [container, attributes] of clients.filter(([one]) => !one.endsWith('-agent'))) {
        const { VAULT_TOKEN, VAULT_TOKEN_FILE, HOME } = environments[container] ?? {};
        if (!isLasting && VAULT_TOKEN !== undefined) {
          expect(VAULT_TOKEN).toMatch(/^token of /);
          continue;
        }
        expect([container, VAULT_TOKEN]).toEqual([container, undefined]);
        const file = VAULT_TOKEN_FILE ?? `${HOME}/.vault-token`;
        const configuration = String(
          ((containers[`${container}-agent`]?.env ?? []) as string[]).find((line) =>
            line.startsWith('AGENT_CONFIGURATION='),
          ),
        );
        expect(configuration).toContain(`path = "${file}"\n      mode = 288`);
        const folder = { name: `${container}-secrets`, path: '/vault/secrets' };
        expect(mounts(attributes)).toContainEqual({ ...folder, readOnly: true });
        expect(mounts(containers[`${container}-agent`] ?? {})).toContainEqual({ ...folder, readOnly: false });
      }
    });
  });

  describe('secrets', () => {
    test('are in no variable, argument or file that is written', () => {
      expect(literalSecrets(facts)).toEqual([]);
      expect(holdsBurntCredential(facts.written)).toBe(false);
      expect(placesOfRootToken(facts)).toHaveLength(isLasting ? 0 : 3);
    });

    test('no container of a server that lasts has a token in a variable, and no state has one', () => {
      const withToken = Object.entries(environments).filter(([, variables]) => 'VAULT_TOKEN' in variables);
      if (!isLasting) return expect(withToken).not.toEqual([]);
      expect(withToken).toEqual([]);
      expect(facts.all('services', 'vault_token')).toEqual([]);
    });

    test('Terraform takes its token from whoever deploys, but on a server in memory', () => {
      for (const stack of ['access', 'services'] as const) {
        const { provider } = facts.stacks[stack] as unknown as { provider: { vault: Resource[] } };
        expect(provider.vault.map(({ token }) => token)).toEqual([
          isLasting ? undefined : `${name}-dev-root-token`,
        ]);
      }
    });
  });

  describe('identities', () => {
    const agents = Object.keys(facts.agents());

    test('each one that runs has a role with its policy alone, and no other has one', () => {
      const roles = facts.all('access', 'vault_approle_auth_backend_role');
      const runningAs = new Set(agents.map((agent) => environments[agent]?.ROLE_ID));
      expect(roles.map(({ role_id }) => role_id).sort()).toEqual(isLasting ? [...runningAs].sort() : []);
      for (const role of roles) {
        expect(role).toMatchObject({
          role_name: role.role_id,
          token_policies: [role.role_id],
          bind_secret_id: true,
          token_bound_cidrs: [SUBNETS[name]],
          secret_id_bound_cidrs: [SUBNETS[name]],
        });
        expect(Object.keys(facts.policies())).toContain(role.role_id);
      }
    });

    test('each agent has a secret-id of its own, which Terraform sees wrapped', () => {
      const secretIds = facts.all('services', 'vault_approle_auth_backend_role_secret_id');
      const containersOf = secretIds.map(({ metadata }) => JSON.parse(String(metadata)).container);
      expect(containersOf.map((one) => `${one}-agent`).sort()).toEqual(isLasting ? [...agents].sort() : []);
      for (const secretId of secretIds) {
        expect(secretId).toMatchObject({
          wrapping_ttl: '15m',
          with_wrapped_accessor: true,
          cidr_list: [SUBNETS[name]],
        });
      }
      if (!isLasting) return;
      for (const agent of agents) {
        const { ROLE_ID, WRAPPED_SECRET_ID } = environments[agent] ?? {};
        expect([agent, WRAPPED_SECRET_ID]).toEqual([agent, `wrapped secret-id of ${ROLE_ID}`]);
      }
    });
  });
});
