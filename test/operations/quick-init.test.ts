import * as fs from 'node:fs';
import * as path from 'node:path';
import { OPERATOR_POLICY } from '../../constructs/vault-description';
import { CredentialsFile } from '../../operations/credentials';
import { quickInit } from '../../operations/quick-init';
import { problemsOf, type SceneProps, scene } from './vault-fakes';

const POLICY = 'path "sys/mounts/apps" {\n  capabilities = ["read"]\n}\n';
const NAME = 'shop-development';

function development(props: SceneProps = {}, folder?: string) {
  const set = scene(
    {
      environment: NAME,
      ...props,
      description: { development: true, storage: 'file', ...props.description },
    },
    folder,
  );
  const file = new CredentialsFile(set.folder, NAME);
  const run = (policy = POLICY) => quickInit(set.nodes, policy, set.outside);
  return { ...set, file, run, kept: () => file.read() };
}

test('keeps one share and a token of the operator, and no root token', async () => {
  const { run, kept, vault, printed, said } = development();
  expect(await run()).toBe(0);
  expect(kept()).toMatchObject({ address: 'https://127.0.0.1:8200', share: vault.shares[0] });
  expect(vault.tokens.get(kept()?.token ?? '')).toMatchObject({
    policies: [OPERATOR_POLICY],
    given: { period: '24h', renewable: true },
  });
  expect(vault.rootTokens).toEqual([]);
  expect(printed).toEqual([]);
  for (const secret of [kept()?.share, kept()?.token]) expect(said.join('\n')).not.toContain(secret);
});

test('has written the share before it unseals', async () => {
  const { run, kept, vault } = development();
  const found: unknown[] = [];
  vault.intercept = ({ path: asked }) => {
    if (asked === 'sys/unseal') found.push(kept());
    return undefined;
  };
  await run();
  expect(found).toEqual([{ address: 'https://127.0.0.1:8200', share: vault.shares[0] }]);
});

test('only renews the token when all is well', async () => {
  const { run, kept, vault, said } = development();
  await run();
  const before = kept();
  vault.requests.splice(0);
  expect(await run()).toBe(0);
  expect(kept()).toEqual(before);
  expect(vault.authenticated).toEqual(['POST auth/token/renew-self']);
  expect(said.at(-1)).toBe(
    'shop-development is ready: unsealed, and the token in credentials/shop-development.json is renewed',
  );
});

test('unseals again after a restart', async () => {
  const { run, vault, said } = development();
  await run();
  vault.restart();
  expect(await run()).toBe(0);
  expect(vault.nodes[0]?.sealed).toBe(false);
  expect(said).toContain('shop-development: unsealed');
});

test.each([
  [
    'has ended',
    ({ vault, kept }: ReturnType<typeof development>) => vault.tokens.delete(kept()?.token ?? ''),
    'the token of the operator has ended; a new token is made from the share',
  ],
  [
    'was never made',
    ({ file, kept }: ReturnType<typeof development>) =>
      file.write({ address: kept()?.address ?? '', share: kept()?.share ?? '' }),
    'the set-up is not complete; a new token is made from the share',
  ],
])('makes a token from the share where it %s', async (_what, spoil, reason) => {
  const set = development();
  await set.run();
  spoil(set);
  expect(await set.run()).toBe(0);
  expect(set.said).toContain(`shop-development: ${reason}`);
  expect(set.vault.tokens.get(set.kept()?.token ?? '')?.policies).toEqual([OPERATOR_POLICY]);
  expect(set.vault.rootTokens).toEqual([]);
});

test('writes the policy anew when the stacks need another one, and replaces the token', async () => {
  const { run, kept, vault, said } = development();
  await run();
  const old = kept()?.token ?? '';
  const other = POLICY.replace('apps', 'shop');
  expect(await run(other)).toBe(0);
  expect(vault.policies.get(OPERATOR_POLICY)).toBe(other);
  expect(said).toContain('  + path "sys/mounts/shop" [read]');
  expect(vault.tokens.has(old)).toBe(false);
  expect(vault.tokens.has(kept()?.token ?? '')).toBe(true);
  expect(vault.rootTokens).toEqual([]);
});

test('completes a first run that broke off, and revokes the root token that it left', async () => {
  const { run, vault, kept } = development();
  vault.intercept = ({ path: asked }) =>
    asked === 'sys/unseal' ? { status: 500, errors: ['broken off'] } : undefined;
  await problemsOf(run());
  expect(vault.rootTokens).toHaveLength(1);
  expect(kept()?.token).toBeUndefined();
  vault.intercept = () => undefined;
  expect(await run()).toBe(0);
  expect(vault.rootTokens).toEqual([]);
});

test('takes a new server for what it is, and keeps the file of the old one', async () => {
  const old = development();
  await old.run();
  const before = old.kept();
  const { run, kept, said, folder } = development({}, old.folder);
  expect(await run()).toBe(0);
  expect(kept()?.share).not.toBe(before?.share);
  const aside = path.join(folder, 'credentials', `${NAME}.json.1.old`);
  expect(JSON.parse(fs.readFileSync(aside, 'utf8'))).toEqual(before);
  expect(said[0]).toBe(
    'the server is new: credentials/shop-development.json of the old one is credentials/shop-development.json.1.old now',
  );
});

test('fails where the server has keys and nobody here has the share', async () => {
  const { run, vault } = development();
  vault.begin(1, 1);
  expect((await problemsOf(run())).problems).toEqual([
    "'credentials/shop-development.json' must hold the share of shop-development, which is initialised, got no such file; wait for another init that is running, restore it, or, where its secrets are of no worth, remove the server's volume and deploy shop-development-vault again",
  ]);
});

test('fails with the share of another server', async () => {
  const { run, vault, file } = development();
  vault.begin(1, 1);
  vault.restart();
  file.write({ address: 'https://127.0.0.1:8200', share: Buffer.alloc(32, 7).toString('base64') });
  expect((await problemsOf(run())).problems).toEqual([
    "'share' in credentials/shop-development.json must be the one of this server, got one that does not unseal it; restore the file, or remove the server's volume and deploy shop-development-vault again",
  ]);
});

test.each([
  ['another environment', { environment: 'shop-production', description: { development: false } }],
  ['a server in memory', { description: { mode: 'in-memory' } }],
] as const)('fails for %s, before anything changes', async (_what, props) => {
  const { nodes, outside, vault } = development(props as SceneProps);
  expect(await problemsOf(quickInit(nodes, POLICY, outside))).toEqual({
    problems: [expect.stringContaining("'--development' must be for a development environment")],
    exitCode: 2,
  });
  expect(vault.requests).toEqual([]);
});
