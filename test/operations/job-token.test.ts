import { type JobSurroundings, jobToken } from '../../operations/job-token';
import { NoAnswer, type VaultAnswer } from '../../operations/vault-client';
import { FakeMachine, READY, synthesizedProject } from './fakes';
import { serverProject } from './server-project';

const SIGNED = `signed-${Date.now()}`;
const TOKEN = `made-${Date.now()}`;
const REQUEST = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://jobs.example/token?api-version=2.0',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-job',
};

const before = process.cwd();
beforeEach(async () => process.chdir(await serverProject()));
afterEach(() => process.chdir(before));

/** A job whose Vault gives a token, and everything that was asked. */
function job(answers: Partial<Record<string, Partial<VaultAnswer>>> = {}, exitCode = 0) {
  const printed: string[] = [];
  const asked: { path: string; token?: string; body?: unknown }[] = [];
  const machine = new FakeMachine(READY, REQUEST, (program) => (program === process.execPath ? 0 : exitCode));
  const known: typeof answers = {
    'auth/jwt/login': { status: 200, body: { auth: { client_token: TOKEN } } },
    'auth/token/revoke-self': { status: 204 },
    ...answers,
  };
  const outside: JobSurroundings = {
    machine,
    clients: (address) => ({
      address,
      request: async (_method, path, { token, body } = {}) => {
        asked.push({ path, ...(token && { token }), ...(body && { body }) });
        const answer = known[path];
        if (!answer) throw new NoAnswer(address, 'unreachable', 'silence');
        return { status: 200, body: {}, data: {}, errors: [], ...answer };
      },
    }),
    fetch: jest.fn(async () => Response.json({ value: SIGNED })),
    print: (line) => printed.push(line),
  };
  const commands = () => machine.attached.filter(({ program }) => program !== process.execPath);
  return { outside, machine, printed, asked, commands };
}

const PLAN = ['tower-staging', '--', 'npm', 'run', 'plan'];

async function problemOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing',
    ({ message }: Error) => message,
  );
}

test('logs in with the signed token of the job, and gives the command the token in a variable alone', async () => {
  const { outside, asked, commands, printed } = job();
  expect(await jobToken(PLAN, outside)).toBe(0);
  expect(commands()).toEqual([
    { program: 'npm', args: ['run', 'plan'], variables: expect.objectContaining({ VAULT_TOKEN: TOKEN }) },
  ]);
  expect(asked).toEqual([
    { path: 'auth/jwt/login', body: { role: 'operator', jwt: SIGNED } },
    { path: 'auth/token/revoke-self', token: TOKEN },
  ]);
  expect(printed).toEqual([`::add-mask::${SIGNED}`, `::add-mask::${TOKEN}`]);
});

test('asks GitHub for a token of the declared audience', async () => {
  const { outside } = job();
  await jobToken(PLAN, outside);
  const [url, options] = jest.mocked(outside.fetch).mock.calls[0] ?? [];
  expect(String(url)).toBe('https://jobs.example/token?api-version=2.0&audience=vault');
  expect(options?.headers).toEqual({ Authorization: 'bearer of-the-job' });
});

test('does not let the command ask for another signed token, or talk to another server', async () => {
  const { outside, commands } = job();
  await jobToken(PLAN, outside);
  const [{ variables = {} } = {}] = commands();
  for (const name of [...Object.keys(REQUEST), 'VAULT_NAMESPACE', 'VAULT_SKIP_VERIFY']) {
    expect(variables).toHaveProperty(name, undefined);
  }
});

test('revokes the token, and ends as the command did, also where that failed', async () => {
  const { outside, asked } = job({}, 4);
  expect(await jobToken(PLAN, outside)).toBe(4);
  expect(asked.at(-1)).toEqual({ path: 'auth/token/revoke-self', token: TOKEN });
});

test.each([
  ['does not answer', undefined],
  ['cannot revoke it', { status: 500 }],
])('says how long the token lives where the server %s', async (_title, answer) => {
  const { outside, printed } = job({ 'auth/token/revoke-self': answer });
  expect(await jobToken(PLAN, outside)).toBe(0);
  expect(printed.at(-1)).toBe(
    '::warning::the token of this job could not be revoked at tower-staging; it ends within 1h',
  );
});

test('runs the command as it is where the server is in memory', async () => {
  process.chdir(synthesizedProject());
  const { outside, asked, commands } = job();
  expect(await jobToken(['shop-development', '--', 'true'], outside)).toBe(0);
  expect(commands()[0]?.variables).not.toHaveProperty('VAULT_TOKEN');
  expect(asked).toEqual([]);
});

test('fails where no job can log in', async () => {
  const { outside, asked } = job();
  expect(await problemOf(jobToken(['mill-staging', '--', 'true'], outside))).toBe(
    "error: 'operatorAccess' of mill-staging must let a job log in, got none of type jwt; add OperatorAccess.jwt, then run npm run vault -- operator mill-staging",
  );
  expect(asked).toEqual([]);
});

test.each([
  ['a missing command', ['tower-staging', 'npm'], "'command' must follow the environment"],
  ['nothing to run', ['tower-staging', '--'], "'command' must follow the environment"],
  ['an unknown environment', ['towr-staging', '--', 'true'], "'environment' must be one of"],
])('fails on %s, with exit code 2', async (_title, args, problem) => {
  const { outside } = job();
  await expect(jobToken(args, outside)).rejects.toMatchObject({
    exitCode: 2,
    problems: [expect.stringContaining(problem)],
  });
});

test('fails on a job without the permission', async () => {
  const { outside, commands } = job();
  const machine = new FakeMachine(READY, {});
  expect(await problemOf(jobToken(PLAN, { ...outside, machine }))).toContain(
    'give it the permission id-token: write',
  );
  expect(commands()).toEqual([]);
});

test.each<[string, () => Promise<Response>, string]>([
  ['refuses', async () => Response.json({ value: 'no' }, { status: 403 }), 'status 403'],
  ['answers something else', async () => new Response('<html>'), 'status 200'],
  ['gives none', async () => Response.json({}), 'status 200'],
  ['does not answer', () => Promise.reject(new Error('of-the-job')), 'no answer'],
])('fails where GitHub %s', async (_title, fetch, got) => {
  const { outside, commands } = job();
  expect(await problemOf(jobToken(PLAN, { ...outside, fetch }))).toBe(
    `error: 'signed token' must be given by GitHub, got ${got}; run the job again`,
  );
  expect(commands()).toEqual([]);
});

test('fails where a claim does not match, in the words of Vault and without a token', async () => {
  const { outside, commands } = job({
    'auth/jwt/login': {
      status: 400,
      errors: ['claim "ref" does not match any associated bound claim values'],
    },
  });
  const problem = await problemOf(jobToken(PLAN, outside));
  expect(problem).toContain(
    `'login' at auth/jwt of tower-staging must be allowed for role operator, got: claim "ref" does not match`,
  );
  expect(problem).not.toContain(SIGNED);
  expect(commands()).toEqual([]);
});

test('fails where the server is sealed, and names the command that says more', async () => {
  const { outside, commands } = job({ 'auth/jwt/login': { status: 503, errors: ['Vault is sealed'] } });
  expect(await problemOf(jobToken(PLAN, outside))).toBe(
    "error: 'login' at auth/jwt of tower-staging must be allowed for role operator, got: Vault is sealed; look at npm run vault -- status tower-staging",
  );
  expect(commands()).toEqual([]);
});
