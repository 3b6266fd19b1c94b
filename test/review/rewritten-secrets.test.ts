import { loadPolicyParser } from '../../policies/policy-text';
import { commentMarkdown } from '../../review/comment/comment';
import { planChanges } from '../../review/plan/plan-changes';
import { readPlan } from '../../review/plan/read-plan';
import type { ResourceChange } from '../../review/resource-change';
import { rewrittenSecrets } from '../../review/rewritten-secrets';
import { verdictOf } from '../../review/verdict';
import { compared, SHOP, shopChange, shopWith, stack } from './made-change';
import { recordedPlan } from './recorded-plans';
import { reviewedPlans } from './reviewed-plans';

beforeAll(loadPolicyParser);

const told = (change: Parameters<typeof shopWith>[0]) =>
  shopChange(change).rewritten.map(({ what, meaning }) => `${what}: ${meaning}`);

const GENERATED = 'jsonencode({ password = ephemeral.random_password.mail.result, key = var.mail_key })';

test.each<[what: string, change: Parameters<typeof shopWith>[0], told: string]>([
  [
    'another version of what is kept nowhere, with those who read it',
    { 'vault_kv_secret_v2.mail': { data_json_wo_version: 2 } },
    "secret 'shop/mail': all its keys; read by store",
  ],
  [
    'a version that an apply alone knows',
    { 'vault_kv_secret_v2.mail': { data_json_wo_version: '${1000000 + parseint(x.accessor, 16)}' } },
    "secret 'shop/mail': all its keys; read by store",
  ],
  [
    'values that are generated and supplied',
    { 'vault_kv_secret_v2.mail': { data_json_wo: `\${${GENERATED}}`, data_json_wo_version: 2 } },
    "secret 'shop/mail': all its keys: generated values are new, supplied ones are asked for; read by store",
  ],
  [
    'what nobody reads',
    { 'vault_kv_secret_v2.bills': { data_json: '{"key":"hunter2"}' } },
    "secret 'shop/bills': all its keys",
  ],
])('a secret is written again by %s', (_, change, expected) => {
  expect(told(change)).toEqual([expected]);
});

test.each<[what: string, change: Parameters<typeof shopWith>[0]]>([
  ['a setting of the secret', { 'vault_kv_secret_v2.mail': { delete_all_versions: true } }],
  ['a secret that is new', { 'vault_kv_secret_v2.more': { mount: 'shop', name: 'more', data_json: '{}' } }],
  ['a secret that moves', { 'vault_kv_secret_v2.mail': { name: 'post', data_json_wo_version: 2 } }],
  ['a version of something else', { 'vault_mount.shop': { options_wo_version: 2 } }],
])('no secret is written again by %s', (_, change) => {
  expect(told(change)).toEqual([]);
});

test('of a plan that is not looked into the address is told', () => {
  const change: ResourceChange = {
    stack: 'shop',
    address: 'vault_kv_secret_v2.mail',
    type: 'vault_kv_secret_v2',
    action: 'update',
    attributes: [
      {
        name: 'data_json_wo_version',
        before: { kind: 'text', text: '1168931' },
        after: { kind: 'unknown' },
        forcesReplacement: false,
      },
    ],
  };
  const one = { stack: 'shop', address: 'vault_kv_secret_v2.mail' };
  expect(rewrittenSecrets([change], undefined)).toEqual([
    { ...one, what: "secret 'vault_kv_secret_v2.mail'", meaning: 'all its keys' },
  ]);
});

test('a plan tells it as a synth does, with what is declared beside it', () => {
  const plan = readPlan(recordedPlan('update'), 'shop');
  const [after] = reviewedPlans([{ stack: 'shop', plan }]).after;
  const rewritten = rewrittenSecrets(planChanges(plan, 'shop'), after);
  expect(rewritten.map(({ what, meaning }) => `${what}: ${meaning}`)).toEqual([
    "secret 'shop/mail': all its keys; read by store, token",
    "secret 'shop/payments': all its keys",
  ]);
});

test('the comment says it in words, and the version is no expression', () => {
  const version = (n: number) => ({
    'vault_kv_secret_v2.mail': { data_json_wo_version: `\${${n} + parseint(substr(sha256(x.a), 0, 5), 16)}` },
  });
  const names = ['shop-production', 'shop-staging'];
  const review = compared(
    names.map((name) => stack(name, shopWith(version(1)))),
    names.map((name) => stack(name, shopWith(version(2)))),
  );
  const markdown = commentMarkdown(review);
  expect(markdown).toContain(
    "- secret 'shop/mail' is **written again** in `shop-production` and `shop-staging`, all its keys; read by store (`vault_kv_secret_v2.mail`)",
  );
  expect(markdown).toContain('  - `data_json_wo_version`: _another version_');
  expect(markdown).not.toContain('parseint');
  expect(markdown).not.toContain('hunter2');
  expect(review.environments.map((one) => verdictOf(one))).toMatchObject(
    names.map(() => ({ level: 'attention', remarks: ['1 secret written again'] })),
  );
});

test('nothing is written again where nothing changes', () => {
  const { environments } = compared([stack('shop', SHOP)], [stack('shop', SHOP)]);
  expect(environments[0]?.rewritten).toEqual([]);
});
