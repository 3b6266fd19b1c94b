import * as fs from 'node:fs';
import * as path from 'node:path';
import { root } from '../../operations/root';
import { problemsOf, type SceneProps, scene } from './vault-fakes';

const CA = 'certificates/shop-production/ca.pem';

function server(props: SceneProps = {}) {
  const set = scene(props);
  const shares = set.vault.begin(5, 3);
  set.input.type(...shares.slice(0, 3));
  return set;
}

test('runs the command with the token and the address, and revokes it', async () => {
  const set = server();
  const alive: unknown[] = [];
  set.machine.attach = async (program, args, options) => {
    alive.push({ program, args, variables: options?.variables, closed: set.input.closed });
    expect(set.vault.rootTokens).toEqual([options?.variables?.VAULT_TOKEN]);
    // What a quorum makes has no end.
    expect(set.vault.tokens.get(set.vault.rootTokens[0] ?? '')?.given).toMatchObject({
      ttl: '1h',
      explicit_max_ttl: '1h',
      renewable: false,
    });
    return 0;
  };
  const [token] = [expect.stringMatching(/^s\./)];
  expect(await root(set.nodes, ['vault', 'token', 'lookup'], set.outside)).toBe(0);
  expect(alive).toEqual([
    {
      program: 'vault',
      args: ['token', 'lookup'],
      variables: expect.objectContaining({
        VAULT_ADDR: 'https://127.0.0.1:8200',
        BAO_ADDR: 'https://127.0.0.1:8200',
        VAULT_CACERT: undefined,
        BAO_CACERT: undefined,
        VAULT_TOKEN: token,
        BAO_TOKEN: token,
      }),
      closed: 1,
    },
  ]);
  expect(set.vault.rootTokens).toEqual([]);
  expect(set.said.slice(-2)).toEqual([
    'shop-production: a root token for vault, for an hour at most; it is revoked when that ends',
    'shop-production: the root token is revoked, and the server refuses it',
  ]);
});

test('names the authority so that every folder finds it', async () => {
  const set = server();
  const file = path.join(set.folder, CA);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, 'the authority');
  const { nodes, outside, machine, input, vault } = scene({ description: { ca: CA } }, set.folder);
  input.type(...vault.begin(1, 1));
  await root(nodes, ['true'], outside);
  expect(machine.attached[0]?.variables).toMatchObject({ VAULT_CACERT: file, BAO_CACERT: file });
});

test.each(['AGENT_ADDR', 'HTTP_PROXY', 'PROXY_ADDR', 'SKIP_VERIFY'])(
  'does not let %s of the caller have the token',
  async (name) => {
    const { nodes, outside, machine } = server();
    await root(nodes, ['true'], outside);
    const { variables = {} } = machine.attached[0] ?? {};
    for (const prefix of ['VAULT', 'BAO']) {
      expect(Object.hasOwn(variables, `${prefix}_${name}`)).toBe(true);
      expect(variables[`${prefix}_${name}`]).toBeUndefined();
    }
  },
);

test.each([7, 143])('returns the exit code %d of the command, and revokes the token', async (code) => {
  const { nodes, outside, vault } = server({ exitCode: () => code });
  expect(await root(nodes, ['false'], outside)).toBe(code);
  expect(vault.rootTokens).toEqual([]);
});

test('fails with a program that there is not, and revokes the token', async () => {
  const { nodes, outside, vault, machine } = server();
  machine.attach = () => Promise.reject(new Error('ENOENT'));
  expect(await problemsOf(root(nodes, ['vualt'], outside))).toEqual({
    problems: ["'command' must be a program of this machine, got 'vualt'; install it, or correct its name"],
    exitCode: 127,
  });
  expect(vault.rootTokens).toEqual([]);
});

test.each([
  ['is refused', { status: 400, errors: ['no'] }, "must be exchanged for one that ends, got 400 'no'"],
  ['is not in the answer', { status: 200 }, 'must be exchanged for one that ends, got an answer without one'],
])('fails where a token that ends %s, and revokes the one that does not', async (_what, answer, problem) => {
  const { nodes, outside, vault, machine } = server();
  vault.intercept = ({ path: asked }) => (asked === 'auth/token/create-orphan' ? answer : undefined);
  expect((await problemsOf(root(nodes, ['true'], outside))).problems).toEqual([
    expect.stringContaining(problem),
  ]);
  expect(machine.attached).toEqual([]);
  expect(vault.rootTokens).toEqual([]);
});

test('fails where the one without an end may be alive, and revokes the other', async () => {
  const { nodes, outside, vault, machine } = server();
  let endless: string | undefined;
  vault.intercept = ({ path: asked, token }) => {
    if (asked !== 'auth/token/revoke-self') return undefined;
    endless ??= token;
    return token === endless ? { status: 500 } : undefined;
  };
  expect((await problemsOf(root(nodes, ['true'], outside))).problems).toEqual([
    expect.stringContaining("'root token' of shop-production must be revoked, got '200'; it may be alive"),
  ]);
  expect(machine.attached).toEqual([]);
  expect(vault.rootTokens).toEqual([endless]);
});

test('does not begin when somebody asked it to end, and revokes the token', async () => {
  const { nodes, outside, vault, machine, controller } = server();
  vault.intercept = ({ path: asked }) => {
    if (asked === 'auth/token/lookup-self') controller.abort('SIGINT');
    return undefined;
  };
  expect(await problemsOf(root(nodes, ['true'], outside))).toMatchObject({ exitCode: 130 });
  expect(machine.attached).toEqual([]);
  expect(vault.rootTokens).toEqual([]);
});

test.each([
  ['the shell of the person', { SHELL: '/bin/zsh' }, '/bin/zsh'],
  ['any shell', {}, '/bin/sh'],
])('is %s where there is no command and a terminal', async (_what, variables, program) => {
  const { nodes, outside, machine } = server({ isTerminal: true, variables });
  await root(nodes, [], outside);
  expect(machine.attached).toMatchObject([{ program, args: [] }]);
});

test('fails without command and terminal before anybody gives a share', async () => {
  const { nodes, outside, input, vault } = server();
  expect(await problemsOf(root(nodes, [], outside))).toEqual({
    problems: [
      "'command' must be given where there is no terminal, got nothing; write it as npm run vault -- root shop-production -- bao token lookup",
    ],
    exitCode: 2,
  });
  expect(input.asked).toEqual([]);
  expect(vault.requests).toEqual([]);
});
