import * as fc from 'fast-check';
import { operatorPolicy } from '../../policies/operator-rules';
import { loadPolicyParser } from '../../policies/policy-text';
import type { TerraformJson } from '../../policies/terraform-json';
import { readBack } from './read-back';
import { allows, LIST_ORDERS, winner } from './vault-model';

beforeAll(loadPolicyParser);

interface Resource {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Some of them are also parts of API paths. */
const word = fc.constantFrom('a', 'b', 'data', 'metadata', 'config', 'subkeys', 'tune', 'operator-2');
const path = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('/'));
const secret = fc.tuple(fc.constantFrom('a', 'b'), path).map((parts) => parts.join('/'));
const flag = fc.constantFrom(true, false, undefined);
const resource = (type: string, attributes: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Resource> =>
  fc
    .record({ ...attributes, lifecycle: fc.constantFrom(undefined, { prevent_destroy: true }) })
    .map((made) => ({ type, attributes: made }));

const resources: fc.Arbitrary<Resource[]> = fc.array(
  fc.oneof(
    resource('vault_mount', { path }),
    resource('vault_kv_secret_v2', {
      mount: path,
      name: secret,
      disable_read: fc.constant(true),
      delete_all_versions: flag,
      custom_metadata: fc.constantFrom(undefined, { max_versions: 5 }),
    }),
    resource('vault_policy', { name: word }),
    resource('vault_auth_backend', { type: word, path: fc.option(path, { nil: undefined }) }),
    resource('vault_approle_auth_backend_role', { backend: path, role_name: word, role_id: fc.option(word) }),
    resource('vault_approle_auth_backend_role_secret_id', {
      role_name: word,
      wrapping_ttl: fc.constant('300s'),
      with_wrapped_accessor: fc.constant(true),
    }),
    resource('vault_audit', { type: word }),
  ),
  { maxLength: 12 },
);

/** Each resource has an address of its own, however the resources are spread over the stacks. */
function stackOf(named: readonly (readonly [string, Resource])[]): TerraformJson {
  const resource: Record<string, Record<string, Resource['attributes']>> = {};
  for (const [name, { type, attributes }] of named)
    resource[type] = { ...resource[type], [name]: attributes };
  return { resource };
}

const numbered = (all: readonly Resource[]) => all.map((one, i) => [`r${i}`, one] as const);

const policyOf = (...stacks: readonly TerraformJson[]): string => operatorPolicy(stacks).render();

function forEveryPolicy(check: (all: readonly Resource[], policy: string) => void): void {
  fc.assert(
    fc.property(resources, (all) => check(all, policyOf(stackOf(numbered(all))))),
    { numRuns: 500 },
  );
}

function secretsOf(all: readonly Resource[]): Readonly<Record<string, unknown>>[] {
  return all.filter(({ type }) => type === 'vault_kv_secret_v2').map(({ attributes }) => attributes);
}

test('no secret can be read, in no part of its API, and no name of a secret be listed', () => {
  let secrets = 0;
  forEveryPolicy((all, policy) => {
    const rules = readBack(policy);
    for (const { mount, name } of secretsOf(all)) {
      secrets += 1;
      for (const part of ['data', 'subkeys', 'metadata', 'delete', 'undelete', 'destroy']) {
        for (const order of LIST_ORDERS) {
          expect(allows(rules, 'read', `${mount}/${part}/${name}`, order)).toBe(false);
          expect(allows(rules, 'list', `${mount}/${part}/${name}/`, order)).toBe(false);
          expect(allows(rules, 'list', `${mount}/${part}/`, order)).toBe(false);
        }
      }
    }
  });
  expect(secrets).toBeGreaterThan(100);
});

test('every secret can be written', () => {
  forEveryPolicy((all, policy) => {
    const rules = readBack(policy);
    for (const { mount, name } of secretsOf(all)) {
      for (const operation of ['create', 'update']) {
        expect(allows(rules, operation, `${mount}/data/${name}`, LIST_ORDERS[0])).toBe(true);
      }
    }
  });
});

test('the policy itself and what reaches everything are out of reach', () => {
  forEveryPolicy((_, policy) => {
    const patterns = readBack(policy).map((rule) => rule.path);
    for (const out of ['sys/policies/acl/operator', 'sys/policy/operator', 'sys/raw/x', 'sys/remount']) {
      expect(winner(patterns, out)).toBeUndefined();
    }
  });
});

test('what is protected cannot be destroyed, nor what holds it', () => {
  forEveryPolicy((all, policy) => {
    const rules = readBack(policy);
    const mayDelete = (at: string) => allows(rules, 'delete', at, LIST_ORDERS[0]);
    for (const { type, attributes } of all) {
      if (!attributes.lifecycle) continue;
      if (type === 'vault_mount') expect(mayDelete(`sys/mounts/${attributes.path}`)).toBe(false);
      if (type === 'vault_policy') expect(mayDelete(`sys/policies/acl/${attributes.name}`)).toBe(false);
      if (type !== 'vault_kv_secret_v2') continue;
      const part = attributes.delete_all_versions ? 'metadata' : 'data';
      expect(mayDelete(`${attributes.mount}/${part}/${attributes.name}`)).toBe(false);
      expect(mayDelete(`sys/mounts/${attributes.mount}`)).toBe(false);
    }
  });
});

test('the policy is the same however its resources are ordered and spread over stacks', () => {
  fc.assert(
    fc.property(
      resources.chain((all) =>
        fc.tuple(
          fc.constant(numbered(all)),
          fc.shuffledSubarray(numbered(all), { minLength: all.length }),
          fc.nat({ max: all.length }),
        ),
      ),
      ([all, shuffled, cut]) => {
        const spread = [stackOf(shuffled.slice(cut)), stackOf(shuffled.slice(0, cut))];
        expect(policyOf(...spread)).toBe(policyOf(stackOf(all)));
      },
    ),
    { numRuns: 300 },
  );
});

test('the policy of several stacks allows what that of each alone does, but to destroy what another protects', () => {
  fc.assert(
    fc.property(resources, resources, (one, other) => {
      const both = policyOf(stackOf(numbered(one)), stackOf(numbered(other)));
      const alone = policyOf(stackOf(numbered(one)));
      const rules = readBack(both);
      for (const { path: at, capabilities } of readBack(alone)) {
        const kept = capabilities.filter((capability) => capability !== 'delete');
        const destroysOnly = at.endsWith('/secret-id-accessor/destroy');
        const allowed = rules.find((rule) => rule.path === at)?.capabilities ?? [];
        if (!destroysOnly) expect(allowed).toEqual(expect.arrayContaining(kept));
      }
    }),
    { numRuns: 300 },
  );
});
