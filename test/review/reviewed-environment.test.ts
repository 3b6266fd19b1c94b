import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { loadPolicyParser } from '../../policies/policy-text';
import type { TerraformJson } from '../../policies/terraform-json';
import { reviewedStacks, reviewedSynth, textOf } from '../../review/reviewed-environment';

beforeAll(loadPolicyParser);

const POLICY = 'path "kv/data/a" {\n  capabilities = ["read"]\n}\n';
const stacks = (json: object, name = 'shop-production') => new Map([[name, json as TerraformJson]]);

test('every block is there with its stack and its construct', () => {
  const { blocks } = reviewedStacks(
    new Map<string, TerraformJson>([
      [
        'shop-production-access',
        {
          resource: {
            vault_policy: {
              a: { '//': { metadata: { path: 'shop/a/Resource' } }, name: 'a', policy: POLICY },
            },
          },
          data: { vault_generic_secret: { s: { path: 'kv/s' } } },
          ephemeral: { random_password: { p: { length: 8 } } },
        },
      ],
      ['shop-production-services', { resource: { docker_container: { app: { count: 2, image: 'app' } } } }],
    ]),
  );
  expect(blocks.map(({ stack, block, constructPath }) => [stack, block.address, constructPath])).toEqual([
    ['shop-production-access', 'vault_policy.a', 'shop/a/Resource'],
    ['shop-production-access', 'data.vault_generic_secret.s', undefined],
    ['shop-production-access', 'ephemeral.random_password.p', undefined],
    ['shop-production-services', 'docker_container.app[0]', undefined],
    ['shop-production-services', 'docker_container.app[1]', undefined],
  ]);
});

test('a policy is found by its name, whatever declares it', () => {
  const { policyBlocks } = reviewedStacks(
    stacks({
      locals: { team: 'mail' },
      resource: {
        vault_policy: { one: { name: 'Shop-${local.team}', policy: POLICY } },
        vault_generic_endpoint: {
          two: { path: 'sys/policies/acl/raw', data_json: JSON.stringify({ policy: POLICY }) },
        },
      },
    }),
  );
  expect([...policyBlocks].map(([name, { block }]) => [name, block.address])).toEqual([
    ['shop-mail', 'vault_policy.one'],
    ['raw', 'vault_generic_endpoint.two'],
  ]);
});

test.each([
  ['shop-development', {}, true],
  ['shop-dev', {}, true],
  ['shop-production', {}, false],
  ['shop-devices', {}, false],
  ['shop-test', { locals: { vault: { development: true } } }, true],
  ['shop-test', { locals: { vault: { development: false } } }, false],
])('%s with %j is development: %s', (name, more, isDevelopment) => {
  const json = { resource: { vault_policy: { a: { name: 'a', policy: POLICY } } }, ...more };
  expect(reviewedStacks(stacks(json, name)).isDevelopment).toBe(isDevelopment);
});

test('modules are named, since nobody reads what they declare', () => {
  const json = { resource: { vault_policy: { a: { name: 'a', policy: POLICY } } }, module: { engines: {} } };
  expect(reviewedStacks(stacks(json)).modules).toEqual(['engines']);
});

test('a text is given where it is known before an apply', () => {
  const { blocks } = reviewedStacks(
    stacks({ resource: { vault_policy: { a: { name: '${vault_mount.x.accessor}', policy: POLICY } } } }),
  );
  const [{ block }] = blocks as [(typeof blocks)[0]];
  expect(textOf(block, 'name')).toBeUndefined();
  expect(textOf(block, 'policy')).toBe(POLICY);
});

test('a synth is read with one environment for connected stacks', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'review-'));
  try {
    for (const name of ['shop-staging-access', 'shop-production-access']) {
      fs.mkdirSync(path.join(folder, 'stacks', name), { recursive: true });
      fs.writeFileSync(
        path.join(folder, 'stacks', name, 'cdk.tf.json'),
        JSON.stringify({ resource: { vault_policy: { a: { name: 'a', policy: POLICY } } } }),
      );
    }
    const environments = reviewedSynth(folder, { now: 5 });
    expect(
      environments.map(({ name, now, blocks }) => [name, now, blocks.map(({ stack }) => stack)]),
    ).toEqual([
      ['shop-production-access', 5, ['shop-production-access']],
      ['shop-staging-access', 5, ['shop-staging-access']],
    ]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
