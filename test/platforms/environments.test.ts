import { bizosaas } from '../../platforms/bizosaas';
import { configService } from '../../platforms/config-service';
import { zakupai } from '../../platforms/zakupai';
import { ENVIRONMENTS, PlatformFacts } from './platform-facts';

const OF_VAULT = ['VAULT_ADDR', 'VAULT_CACERT', 'VAULT_TOKEN', 'VAULT_TOKEN_FILE', 'HOME'];
const DATA = ['vault_mount', 'vault_kv_secret_v2', 'vault_audit'];

describe.each([
  ['bizosaas', bizosaas],
  ['zakupai', zakupai],
  ['config-service', configService],
])('%s', (name, declare) => {
  const [development, staging, production] = ENVIRONMENTS.map(
    (environment) => new PlatformFacts(declare, environment),
  ) as [PlatformFacts, PlatformFacts, PlatformFacts];
  const outside = [staging, production];

  /** Variables of the programs, without those by which they find Vault, and without their agents. */
  const ownVariables = (facts: PlatformFacts) =>
    Object.fromEntries(
      Object.entries(facts.environments())
        .filter(([container]) => !/-agent$|-files$/.test(container) && !/vault(-\d)?$/.test(container))
        .map(([container, variables]) => [
          container,
          Object.fromEntries(Object.entries(variables).filter(([key]) => !OF_VAULT.includes(key))),
        ]),
    );

  test('what may be read and written is the same in all environments', () => {
    expect(Object.keys(development.policies()).length).toBeGreaterThan(5);
    for (const facts of outside) {
      expect(facts.policies()).toEqual(development.policies());
      expect(facts.secrets()).toEqual(development.secrets());
      expect(facts.platform.mounts.map(({ path }) => path)).toEqual(
        development.platform.mounts.map(({ path }) => path),
      );
    }
  });

  test('what runs is the same in all environments, but for how it finds Vault', () => {
    for (const facts of outside) expect(ownVariables(facts)).toEqual(ownVariables(development));
    expect(Object.keys(ownVariables(development)).length).toBeGreaterThan(3);
  });

  test('outside development nothing that holds data can be destroyed by a plan, and in development everything', () => {
    const protectedOnes = (facts: PlatformFacts) => {
      const data = [
        ...DATA.flatMap((type) => facts.all('access', type)),
        ...(['vault', 'services'] as const)
          .flatMap((stack) => facts.all(stack, 'docker_volume'))
          .filter(({ name: volume }) => /-(data|logs)$/.test(String(volume))),
      ];
      expect(data.length).toBeGreaterThan(2);
      return new Set(
        data.map(({ lifecycle }) => (lifecycle as { prevent_destroy?: boolean })?.prevent_destroy),
      );
    };
    expect(protectedOnes(development)).toEqual(new Set([undefined]));
    for (const facts of outside) expect(protectedOnes(facts)).toEqual(new Set([true]));
  });

  test('what can be made again is not protected anywhere', () => {
    for (const facts of [development, ...outside]) {
      const volumes = (['vault', 'services'] as const)
        .flatMap((stack) => facts.all(stack, 'docker_volume'))
        .filter(({ name: volume }) => !/-(data|logs)$/.test(String(volume)));
      expect(volumes.map(({ lifecycle }) => lifecycle)).toEqual(volumes.map(() => undefined));
    }
  });

  test('what is in memory belongs to the agent that writes and the group that reads', () => {
    for (const facts of [development, ...outside]) {
      const inMemory = facts.all('services', 'docker_volume').filter(({ driver_opts }) => driver_opts);
      expect(inMemory.length).toBe(Object.keys(facts.agents()).length);
      for (const { name: volume, driver_opts } of inMemory) {
        const served = String(volume).replace(/-secrets$/, '');
        const { user } = facts.containers()[served] ?? {};
        const [, group] = String(user).split(':');
        expect([volume, driver_opts]).toEqual([
          `${served}-secrets`,
          {
            type: 'tmpfs',
            device: 'tmpfs',
            o: `size=1m,mode=0750,uid=100,gid=${group},noexec,nosuid,nodev`,
          },
        ]);
        expect(facts.containers()[`${served}-agent`]).toMatchObject({ user: `100:${group}` });
      }
    }
  });

  test('outside development two audit devices write, and never in clear', () => {
    for (const facts of outside) {
      const { audit } = facts.platform.vault.description;
      expect(audit.map(({ path }) => path)).toEqual(['file', 'stdout']);
      expect(facts.all('access', 'vault_audit').map(({ path }) => path)).toEqual(['file', 'stdout']);
    }
    for (const facts of [development, ...outside]) expect(facts.written).not.toContain('log_raw');
  });

  test('outside development the server speaks TLS 1.3 and keeps its data in raft', () => {
    const nodes = (facts: PlatformFacts) => facts.platform.vault.description.addresses.length;
    expect(outside.map(nodes)).toEqual(name === 'bizosaas' ? [1, 3] : [1, 1]);
    for (const facts of outside) {
      const configurations = facts
        .all('vault', 'docker_container')
        .flatMap(({ upload = [] }) => upload as { file: string; content?: string }[])
        .filter(({ file }) => file === '/upload/config.hcl')
        .map(({ content = '' }) => content);
      expect(configurations).toHaveLength(nodes(facts));
      for (const text of configurations) {
        expect(text).toContain('tls_min_version = "tls13"');
        expect(text).toContain('storage "raft" {');
        expect(text).not.toContain('tls_disable');
      }
    }
  });

  test('no private key is in what is written: it stays in its file', () => {
    for (const facts of outside) {
      const files = facts
        .all('vault', 'docker_container')
        .flatMap(({ upload = [] }) => upload as { file: string; source?: string; content?: string }[]);
      const keys = files.filter(({ file }) => file.endsWith('-key.pem'));
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) {
        expect(key.content).toBeUndefined();
        expect(key.source).toBe(`../../../certificates/${facts.platform.node.id}/server-key.pem`);
      }
      expect(facts.written).not.toContain('PRIVATE KEY');
    }
  });

  test('the state is a file in development, and elsewhere where it is shared', () => {
    for (const facts of [development, ...outside]) {
      for (const stack of Object.values(facts.stacks)) {
        const { backend } = stack.terraform as { backend: object };
        expect(Object.keys(backend)).toEqual([facts === development ? 'local' : 'pg']);
      }
    }
  });
});
