import { generateRoot, type NextShare } from '../../operations/generate-root';
import { problemsOf, type SceneProps, scene } from './vault-fakes';

/** An unsealed server whose root tokens need three shares of five. */
function server(props: SceneProps = {}) {
  const set = scene(props);
  const shares = set.vault.begin(5, 3);
  return { ...set, shares };
}

/** Gives these shares, one after another. */
function giving(...shares: readonly (string | undefined)[]): NextShare & { readonly asked: string[] } {
  const left = [...shares];
  const asked: string[] = [];
  return Object.assign(
    async (question: string) => {
      asked.push(question);
      return left.shift();
    },
    { asked },
  );
}

test('makes a token that the server takes, from a quorum', async () => {
  const { nodes, outside, shares, vault, said } = server();
  const next = giving(...shares.slice(1, 4));
  const root = await generateRoot(nodes, next, outside);
  expect(vault.rootTokens).toEqual([root.value]);
  await expect(root.verify()).resolves.toBeUndefined();
  expect(next.asked).toEqual([
    'share 1 of 3, which is not shown',
    'share 2 of 3, which is not shown',
    'share 3 of 3, which is not shown',
  ]);
  expect(said).toEqual(['taken: 1 of 3', 'taken: 2 of 3']);
});

test('understands the name that older versions give the token', async () => {
  const { nodes, outside, shares, vault } = server();
  vault.intercept = (request) => {
    if (request.path !== 'sys/generate-root/update') return undefined;
    const { encoded_token: token, ...body } = vault.serve(request).body ?? {};
    return { body: { ...body, encoded_root_token: token } };
  };
  const root = await generateRoot(nodes, giving(...shares.slice(0, 3)), outside);
  expect(vault.rootTokens).toEqual([root.value]);
});

test.each([
  ['none', []],
  ['too few', [0]],
])('fails with exit code 2 and cancels its attempt with %s of the shares', async (_what, given) => {
  const { nodes, outside, shares, vault } = server();
  const next = giving(...given.map((i) => shares[i]));
  expect(await problemsOf(generateRoot(nodes, next, outside))).toEqual({
    problems: [
      `'shares' must be 3 to make a root token of shop-production, got ${given.length}; nothing was made, begin again`,
    ],
    exitCode: 2,
  });
  expect(vault.attempt).toBeUndefined();
  expect(vault.rootTokens).toEqual([]);
});

test('explains what it cannot take and goes on', async () => {
  const { nodes, outside, shares, said } = server();
  const [one, two, three] = shares;
  const wrong = Buffer.alloc(33, 7).toString('base64');
  await generateRoot(nodes, giving('garbage!', one, one, wrong, two, one, two, three), outside);
  expect(said).toEqual([
    'this is no share of this server; paste what decrypting the file of the holder gave',
    'taken: 1 of 3',
    'this share was given before; each holder has another one',
    'taken: 2 of 3',
    'one of these shares is wrong or of another server: all are forgotten, begin again with the first',
    'taken: 1 of 3',
    'taken: 2 of 3',
  ]);
  expect(said.join()).not.toContain(wrong);
});

test('leaves the attempt of somebody else alone', async () => {
  const { nodes, outside, vault, shares } = server();
  vault.attempt = { nonce: 'theirs', otp: 'theirs', parts: [shares[0] as string] };
  expect((await problemsOf(generateRoot(nodes, giving(), outside))).problems).toEqual([
    "'root token' of shop-production must be made by one person at a time, got an attempt under way with 1 of 3 shares; wait for it, or cancel it with --restart",
  ]);
  expect(vault.attempt).toMatchObject({ nonce: 'theirs' });
});

test('cancels it where that was asked for', async () => {
  const { nodes, outside, vault, shares } = server();
  vault.attempt = { nonce: 'theirs', otp: 'theirs', parts: [] };
  const root = await generateRoot(nodes, giving(...shares), outside, { restart: true });
  expect(vault.rootTokens).toEqual([root.value]);
});

test('fails when somebody else takes the attempt over, whose attempt goes on', async () => {
  const { nodes, outside, vault, shares } = server();
  const next: NextShare = async () => {
    vault.attempt = { nonce: 'theirs', otp: 'theirs', parts: [] };
    return shares[0];
  };
  expect((await problemsOf(generateRoot(nodes, next, outside))).problems).toEqual([
    "'root token' of shop-production must be made in one attempt, got one that somebody else has cancelled; look into the audit log for who it was, then begin again",
  ]);
  expect(vault.attempt).toEqual({ nonce: 'theirs', otp: 'theirs', parts: [] });
});

test.each([
  [
    'openbao',
    "the listener needs 'disable_unauthed_generate_root_endpoints = false' (OpenBao 2.5.3 and newer)",
  ],
  [
    'vault',
    'the configuration needs \'enable_unauthenticated_access = ["generate-root"]\' (Vault 2.0 and newer)',
  ],
] as const)('fails with the setting of %s where a quorum may not make one', async (distribution, setting) => {
  const { nodes, outside } = server({ generatesRoot: false, description: { distribution } });
  expect((await problemsOf(generateRoot(nodes, giving(), outside))).problems).toEqual([
    `'root token' of shop-production must be one that a quorum of holders can make, got 405 'unsupported operation'; ${setting}: deploy shop-production-vault with it`,
  ]);
});

test.each([
  [
    'sealed',
    (set: ReturnType<typeof server>) => set.vault.restart(),
    'npm run vault -- unseal shop-production',
  ],
  [
    'not initialised',
    ({ vault }: ReturnType<typeof server>) => {
      for (const node of vault.nodes) Object.assign(node, { hasData: false, sealed: true });
    },
    'npm run vault -- init shop-production',
  ],
  [
    'silent',
    ({ vault }: ReturnType<typeof server>) => vault.silent.add('https://127.0.0.1:8200'),
    'npx cdktf deploy shop-production-vault',
  ],
])('fails with the command that mends a server that is %s', async (_what, spoil, command) => {
  const set = server();
  spoil(set);
  const next = giving(...set.shares);
  expect((await problemsOf(generateRoot(set.nodes, next, set.outside))).problems).toEqual([
    expect.stringContaining(command),
  ]);
  expect(next.asked).toEqual([]);
});

test('cancels its attempt when somebody asks the command to end', async () => {
  const { nodes, outside, vault, shares, controller } = server();
  const next: NextShare = async () => {
    controller.abort('SIGTERM');
    return shares[0];
  };
  expect(await problemsOf(generateRoot(nodes, next, outside))).toEqual({ problems: [], exitCode: 143 });
  expect(vault.attempt).toBeUndefined();
});
