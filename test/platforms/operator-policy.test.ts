import { bizosaas } from '../../platforms/bizosaas';
import { configService } from '../../platforms/config-service';
import { zakupai } from '../../platforms/zakupai';
import { operatorPolicy } from '../../policies/operator-rules';
import type { TerraformJson } from '../../policies/terraform-json';
import { allows, LIST_ORDERS } from '../policies/vault-model';
import { ENVIRONMENTS, PlatformFacts } from './platform-facts';

/** Every environment with a server that people operate, and how many rules its operators get. */
const OPERATED = Object.entries({ bizosaas, zakupai, 'config-service': configService })
  .flatMap(([name, declare]) =>
    ENVIRONMENTS.map((environment) => ({
      name,
      environment,
      facts: new PlatformFacts(declare, environment),
    })),
  )
  .filter(({ facts }) => facts.all('services', 'vault_token').length === 0);

test('operators are those of every staging and production, and of the one development with a lasting server', () => {
  expect(OPERATED.map(({ name, environment }) => `${name}-${environment.name}`)).toEqual([
    'bizosaas-staging',
    'bizosaas-production',
    'zakupai-development',
    'zakupai-staging',
    'zakupai-production',
    'config-service-staging',
    'config-service-production',
  ]);
});

describe.each(OPERATED)('the policy of those who deploy $name in $environment.name', ({ facts }) => {
  const rules = operatorPolicy(Object.values(facts.stacks) as TerraformJson[]).rules();
  const may = (operation: string, path: string) => allows(rules, operation, path, LIST_ORDERS[0]);
  const secrets = facts.all('access', 'vault_kv_secret_v2').map(({ mount, name }) => ({ mount, name }));

  test('writes every secret and reads none', () => {
    expect(secrets.length).toBeGreaterThan(2);
    for (const { mount, name } of secrets) {
      const data = `${mount}/data/${name}`;
      const allowed = ['create', 'read', 'update', 'delete', 'list'].filter((one) => may(one, data));
      expect([data, allowed]).toEqual([data, ['create', 'update']]);
      expect(['read', 'list'].filter((one) => may(one, `${mount}/metadata/${name}`))).toEqual([]);
      expect(may('read', `${mount}/subkeys/${name}`)).toBe(false);
    }
  });

  test('destroys nothing that Terraform keeps', () => {
    const kept = (['vault_mount', 'vault_audit'] as const).flatMap((type) =>
      facts
        .all('access', type)
        .filter(({ lifecycle }) => (lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy)
        .map(({ path }) => `${type === 'vault_mount' ? 'sys/mounts' : 'sys/audit'}/${path}`),
    );
    expect(kept.filter((path) => may('delete', path))).toEqual([]);
  });

  test('writes the policies of the services, and not its own', () => {
    for (const { name } of facts.all('access', 'vault_policy')) {
      expect([name, may('update', `sys/policies/acl/${name}`)]).toEqual([name, true]);
    }
    expect(may('update', 'sys/policies/acl/operator')).toBe(false);
  });

  test("has 'sudo' for auth methods and audit devices alone, and no wildcard", () => {
    const sudo = rules.filter(({ capabilities }) => capabilities.includes('sudo')).map(({ path }) => path);
    expect(sudo.filter((path) => !/^sys\/(auth\/|audit)/.test(path))).toEqual([]);
    expect(rules.filter(({ path }) => /[+*]/.test(path))).toEqual([]);
  });
});
