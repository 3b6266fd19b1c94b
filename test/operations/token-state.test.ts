import * as fs from 'node:fs';
import type { VaultDescription } from '../../constructs/vault-description';
import { operatorToken } from '../../operations/operator-token';
import { tokenState } from '../../operations/token-state';
import { VaultNode } from '../../operations/vault-nodes';
import type { RequiredCapability } from '../../policies/operator-rules';
import { type FakeNode, FakeServers, type FakeToken } from './fake-vault';
import { temporaryFolder } from './fakes';
import { put, SERVER } from './server-project';

const ADDRESS = 'https://127.0.0.1:8220';
const REQUIRED: readonly RequiredCapability[] = [
  { path: 'a', capabilities: ['create', 'update'] },
  { path: 'b', capabilities: ['read'] },
  { path: 'c', capabilities: ['read'] },
  { path: 'd', capabilities: ['delete'] },
];
const before = process.cwd();
beforeEach(() => process.chdir(temporaryFolder()));
afterEach(() => process.chdir(before));

const QUORUM = 'run export VAULT_TOKEN=$(npm run --silent vault -- operator mill-staging)';
const DEVELOPMENT: Partial<VaultDescription> = { development: true };
const EXTERNAL: Partial<VaultDescription> = { mode: 'external' };

function check(token: FakeToken | undefined, changes: Partial<VaultDescription> = {}, node: FakeNode = {}) {
  const server = { environment: 'mill-staging', description: { ...SERVER, ...changes } };
  const servers = new FakeServers({ [ADDRESS]: { tokens: token && { 'hvs.hidden': token }, ...node } });
  const given = { token: 'hvs.hidden', name: "'VAULT_TOKEN'" };
  const state = tokenState(
    server,
    new VaultNode(server, servers.clients(ADDRESS, undefined)),
    given,
    REQUIRED,
  );
  return { state, servers };
}

test('a token of an operator will do', async () => {
  expect(await check({ ttl: 3541 }).state).toEqual({ summary: 'operator, 59 minutes left' });
});

test.each<[string, FakeToken | undefined, Partial<VaultDescription>, string]>([
  [
    'that the server does not know',
    undefined,
    {},
    `'VAULT_TOKEN' must be a token of the server at '${ADDRESS}', got one that it does not know or that has ended; ${QUORUM}`,
  ],
  [
    'that somebody else’s server does not know',
    undefined,
    EXTERNAL,
    `'VAULT_TOKEN' must be a token of the server at '${ADDRESS}', got one that it does not know or that has ended; have those who run it make one with the policy that npm run vault -- policy mill-staging prints`,
  ],
  [
    'of root',
    { policies: ['root'] },
    {},
    `'VAULT_TOKEN' must not be a root token outside development, got one; nobody deploys with it: ${QUORUM}`,
  ],
  [
    'of somebody else’s root',
    { policies: ['root'] },
    EXTERNAL,
    "'VAULT_TOKEN' must not be a root token outside development, got one; nobody deploys with it: have those who run it make one with the policy that npm run vault -- policy mill-staging prints",
  ],
  [
    'of type batch',
    { type: 'batch' },
    {},
    `'VAULT_TOKEN' must be a token that Terraform can make another one with, got a batch token; ${QUORUM}`,
  ],
  [
    'for a few requests',
    { num_uses: 4 },
    {},
    `'VAULT_TOKEN' must be a token that Terraform can make another one with, got one for 4 requests; ${QUORUM}`,
  ],
  [
    'that ends soon',
    { ttl: 299 },
    {},
    `'VAULT_TOKEN' must be valid for 5 minutes, got one that ends in 4 minutes; ${QUORUM}`,
  ],
  [
    'that ends soon although it was renewed',
    { ttl: 59, renewed: 119 },
    {},
    `'VAULT_TOKEN' must be valid for 5 minutes, got one that ends in 1 minute; ${QUORUM}`,
  ],
  [
    'without a capability',
    { lacks: { a: ['create'] } },
    {},
    `'VAULT_TOKEN' must allow what Terraform does in mill-staging, got one that may not at 'a' (create); ${QUORUM}, which writes the policy anew`,
  ],
  [
    'without two capabilities',
    { lacks: { a: ['create', 'update'], b: ['read'] } },
    {},
    `'VAULT_TOKEN' must allow what Terraform does in mill-staging, got one that may not at 'a' (create, update) and 'b' (read); ${QUORUM}, which writes the policy anew`,
  ],
  [
    'without most capabilities',
    { lacks: { a: ['create'], b: ['read'], c: ['read'], d: ['delete'] } },
    EXTERNAL,
    "'VAULT_TOKEN' must allow what Terraform does in mill-staging, got one that may not at 'a' (create), 'b' (read), 'c' (read) and 1 more; have those who run it write the policy that npm run vault -- policy mill-staging prints",
  ],
])('fails with a token %s', async (_, token, changes, problem) => {
  const { state } = check(token, changes);
  expect(await state).toEqual({ problem });
  expect(problem).not.toContain('hidden');
});

test('a root token is let through in development', async () => {
  expect(await check({ policies: ['root'] }, DEVELOPMENT).state).toEqual({ summary: 'root' });
});

test.each([
  [{ ttl: 900 }, 'operator, 15 minutes left', false],
  [{ ttl: 899, renewed: 3600 }, 'operator, 60 minutes left', true],
  [{ ttl: 300 }, 'operator, 5 minutes left', true],
  [{ ttl: 3600, period: 7199, renewed: 7199 }, 'operator, 119 minutes left', true],
  [{ ttl: 3600, period: 86400, renewed: 86400 }, 'operator, 24 hours left', true],
])('of a token with %j it says %s; renewed: %s', async (token, summary, renewed) => {
  const { state, servers } = check(token);
  expect(await state).toEqual({ summary });
  expect(servers.asked.includes('POST auth/token/renew-self')).toBe(renewed);
});

test('a server without an active node says nothing of a token', async () => {
  expect(await check({}, {}, { active: false }).state).toEqual({
    noAnswer:
      "'vault' of mill-staging must answer requests, got 500 'local node not active but active cluster node not found'; wait until it has an active node",
  });
});

describe('the token is', () => {
  const token = (changes: Partial<VaultDescription>, variables = {}) =>
    operatorToken({ environment: 'mill-staging', description: { ...SERVER, ...changes } }, variables);
  const FILE = 'credentials/mill-staging.json';
  const keep = (content: object) =>
    put(FILE, JSON.stringify({ address: ADDRESS, share: 'hidden', ...content }));

  test('that of VAULT_TOKEN', () => {
    keep({ token: 'hvs.kept' });
    expect(token(DEVELOPMENT, { VAULT_TOKEN: 'hvs.given' })).toEqual({
      token: 'hvs.given',
      name: "'VAULT_TOKEN'",
    });
  });

  test('in development that of the quick ceremony, where VAULT_TOKEN is not set', () => {
    keep({ token: 'hvs.kept' });
    const kept = { token: 'hvs.kept', name: `'token' in ${FILE}` };
    expect(token(DEVELOPMENT)).toEqual(kept);
    expect(token(DEVELOPMENT, { VAULT_TOKEN: '' })).toEqual(kept);
  });

  test.each([[{}], [EXTERNAL], [{ ...EXTERNAL, ...DEVELOPMENT }]])(
    'fails with %j, whatever the file says',
    (changes) => {
      keep({ token: 'hvs.kept' });
      expect(token(changes)).toEqual({
        problem: expect.stringMatching(
          /^'VAULT_TOKEN' must hold a token with the policy operator, got nothing; /,
        ),
      });
    },
  );

  test.each<[string, Partial<VaultDescription>, string]>([
    ['a quorum makes one', {}, QUORUM],
    ['a quorum makes one, in development too', DEVELOPMENT, QUORUM],
    [
      'others make one',
      EXTERNAL,
      'have those who run it make one with the policy that npm run vault -- policy mill-staging prints',
    ],
    [
      'people log in',
      { operator_access: [userpass('ada', 'bob')] },
      'run export VAULT_TOKEN=$(bao login -address=https://127.0.0.1:8220 -ca-cert=certificates/mill-staging/ca.pem -token-only -method=userpass -path=userpass username=ada)',
    ],
    [
      'people log in on a server without TLS',
      { operator_access: [userpass('ada')], ca: undefined, distribution: 'vault' },
      'run export VAULT_TOKEN=$(vault login -address=https://127.0.0.1:8220 -token-only -method=userpass -path=userpass username=ada)',
    ],
    [
      'people and jobs log in',
      { operator_access: [userpass('ada'), jwt()] },
      'run export VAULT_TOKEN=$(bao login -address=https://127.0.0.1:8220 -ca-cert=certificates/mill-staging/ca.pem -token-only -method=userpass -path=userpass username=ada), or export VAULT_TOKEN=$(bao write -address=https://127.0.0.1:8220 -ca-cert=certificates/mill-staging/ca.pem -field=token auth/jwt/login role=operator jwt="$JWT")',
    ],
  ])('fails without one where %s', (_, changes, remedy) => {
    expect(token(changes)).toEqual({
      problem: `'VAULT_TOKEN' must hold a token with the policy operator, got nothing; ${remedy}`,
    });
  });

  test('fails with a file that others may read', () => {
    keep({ token: 'hvs.kept' });
    fs.chmodSync(FILE, 0o640);
    expect(token(DEVELOPMENT)).toEqual({
      problem: `'${FILE}' must be open to its owner alone, got mode 0640; run chmod 600 ${FILE}`,
    });
  });

  test('fails with a file of a ceremony that broke off', () => {
    keep({});
    expect(token(DEVELOPMENT)).toEqual({
      problem: `'token' in ${FILE} must be there, got nothing; run npm run vault -- init mill-staging --development`,
    });
  });

  test('fails with a file that is none, without repeating it', () => {
    put(FILE, 'hvs.hidden');
    expect(() => token(DEVELOPMENT)).toThrow(
      /^error: 'credentials\/mill-staging.json' must hold .* as JSON(?!.*hidden)/,
    );
  });

  test('of a kept one that will not do the quick ceremony makes another', async () => {
    keep({ token: 'hvs.kept' });
    expect((await check(undefined, DEVELOPMENT).state).problem).toMatch(
      /; run unset VAULT_TOKEN, since credentials\/mill-staging.json has one$/,
    );
    expect((await check({ lacks: { a: ['create'] } }, DEVELOPMENT).state).problem).toMatch(
      /; run npm run vault -- init mill-staging --development, which writes the policy anew$/,
    );
  });
});

function userpass(...users: readonly string[]): VaultDescription['operator_access'][number] {
  return { type: 'userpass', path: 'userpass', users, token_ttl: '1h', token_max_ttl: '8h' };
}

function jwt(): VaultDescription['operator_access'][number] {
  return {
    type: 'jwt',
    path: 'jwt',
    config: {},
    role: 'operator',
    bound_audiences: ['vault'],
    bound_claims: { repository: 'team/mill' },
    user_claim: 'sub',
    token_ttl: '1h',
    token_max_ttl: '8h',
  };
}
