import { execFile } from 'node:child_process';
import * as http from 'node:http';
import * as https from 'node:https';
import type * as net from 'node:net';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { httpVaultClients, NoAnswer } from '../../operations/vault-client';
import { DAY, type Made, make, makeRoot } from '../constructs/certificate-maker';

const servers: net.Server[] = [];
const sockets: net.Socket[] = [];
const requests: { method: string; url: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
let authority: Made;

const days = (count: number) => new Date(Date.now() + count * DAY);
const TIMES = { from: days(-2), until: days(10) };

beforeAll(async () => {
  authority = await makeRoot(TIMES);
});
beforeEach(() => requests.splice(0));
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

const answer: http.RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    if (url === '/v1/silence') return;
    if (url === '/v1/endless') {
      const more = () => response.write(Buffer.alloc(2 ** 20), () => more());
      more();
      return;
    }
    if (url === '/v1/half') {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('{');
      setImmediate(() => request.socket.destroy());
      return;
    }
    response.statusCode = url === '/v1/sealed' ? 503 : 200;
    const texts: Record<string, string> = {
      '/v1/sealed': '{"errors":["Vault is sealed"]}',
      '/v1/page': '<html>',
      '/v1/array': '[1]',
      '/v1/empty': '',
    };
    response.end(texts[url] ?? '{"data":{"key":"value"},"keys":[1]}');
  });
};

async function listen(server: net.Server, scheme: string): Promise<string> {
  servers.push(server);
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const plain = () => listen(http.createServer(answer), 'http');
async function secured(props: Parameters<typeof make>[0] = {}): Promise<string> {
  const { certificate, key } = await make({ signer: authority, ...TIMES, ...props });
  return listen(https.createServer({ cert: certificate, key }, answer), 'https');
}

async function failureOf(address: string, ca: string | undefined, path = 'sys/health'): Promise<NoAnswer> {
  const failure = await httpVaultClients(address, ca)
    .request('GET', path, { patienceMs: 200 })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NoAnswer);
  return failure as NoAnswer;
}

test('asks over TLS with the authority that it was given', async () => {
  const client = httpVaultClients(await secured(), authority.certificate);
  const { status, body, data, errors } = await client.request('PUT', 'sys/init', {
    token: 'hidden',
    body: { secret_shares: 5 },
    headers: { 'X-Vault-Wrap-TTL': '60s' },
  });
  expect({ status, body, data, errors }).toEqual({
    status: 200,
    body: { data: { key: 'value' }, keys: [1] },
    data: { key: 'value' },
    errors: [],
  });
  expect(requests).toMatchObject([
    {
      method: 'PUT',
      url: '/v1/sys/init',
      body: '{"secret_shares":5}',
      headers: {
        'x-vault-request': 'true',
        'x-vault-token': 'hidden',
        'x-vault-wrap-ttl': '60s',
        'content-type': 'application/json',
      },
    },
  ]);
});

test('sends no token and no body where there is none', async () => {
  await httpVaultClients(await plain(), undefined).request('GET', 'sys/seal-status');
  expect(requests[0]).toMatchObject({ method: 'GET', body: '' });
  expect(requests[0]?.headers).not.toHaveProperty('x-vault-token');
});

test.each(['two\nlines', 'a\0b', '\u20ac'])('sends no token that is none: %j', async (token) => {
  const client = httpVaultClients(await plain(), undefined);
  expect(await client.request('GET', 'auth/token/lookup-self', { token })).toMatchObject({
    status: 403,
    errors: ['invalid token'],
  });
  expect(requests).toEqual([]);
});

test('lists by a method that every proxy knows', async () => {
  await httpVaultClients(await plain(), undefined).request('LIST', 'auth/token/accessors');
  expect(requests[0]).toMatchObject({ method: 'GET', url: '/v1/auth/token/accessors?list=true' });
});

test.each([
  ['an error of Vault', 'sealed', { status: 503, data: {}, errors: ['Vault is sealed'] }],
  ['the page of a proxy', 'page', { status: 200, body: {}, data: {}, errors: [] }],
  ['JSON that is no object', 'array', { status: 200, body: {}, data: {}, errors: [] }],
  ['nothing', 'empty', { status: 200, body: {}, data: {}, errors: [] }],
])('takes %s as an answer', async (_what, path, expected) => {
  expect(await httpVaultClients(await plain(), undefined).request('GET', path)).toMatchObject(expected);
});

test.each([
  ['another authority', async () => (await makeRoot({ ...TIMES, name: 'other CA' })).certificate, {}],
  ['the authorities of the system', async () => undefined, {}],
  ['a certificate that has ended', async () => authority.certificate, { until: days(-1) }],
  ['a certificate of other names', async () => authority.certificate, { names: ['other'] }],
  ['a file that is no certificate', async () => 'nothing of the kind', {}],
])('fails with %s, and knows that it is the certificate', async (_what, ca, props) => {
  const address = await secured(props);
  const failure = await failureOf(address, await ca());
  expect(failure).toMatchObject({ kind: 'certificate', address });
  expect(failure.reason).toMatch(/^\S.*$/);
});

// Another process: the variables of a test are not those that Node looks at.
test('fails with another authority also where Node was told not to look', async () => {
  const other = (await makeRoot({ ...TIMES, name: 'other CA' })).certificate;
  const script = `require('./operations/vault-client').httpVaultClients(process.argv[1], process.argv[2])
    .request('GET', 'sys/health', { token: 'hidden' })
    .then(({ status }) => console.log(status), ({ kind }) => console.log(kind));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '-e', script, await secured(), other],
    { env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
  );
  expect(stdout).toBe('certificate\n');
  expect(requests).toEqual([]);
});

test('fails where no TLS is spoken, and knows that it is the certificate', async () => {
  const address = (await plain()).replace('http:', 'https:');
  expect(await failureOf(address, authority.certificate)).toMatchObject({
    kind: 'certificate',
    reason: 'the TLS handshake failed',
  });
});

test('fails where nobody answers', async () => {
  const address = await plain();
  await new Promise((resolve) => servers.at(-1)?.close(resolve));
  expect(await failureOf(address, undefined)).toMatchObject({
    kind: 'unreachable',
    address,
    reason: expect.stringContaining('ECONNREFUSED'),
  });
});

test.each([
  ['silent', 'silence', 'silence for 0.2 s'],
  ['gone in the middle of its answer', 'half', 'aborted'],
])('fails with a server that is %s', async (_what, path, reason) => {
  expect(await failureOf(await plain(), undefined, path)).toMatchObject({ kind: 'unreachable', reason });
});

test('fails with an answer that does not end, before it fills the memory', async () => {
  const failure = httpVaultClients(await plain(), undefined).request('GET', 'endless');
  await expect(failure).rejects.toMatchObject({ kind: 'unreachable', reason: 'an answer without an end' });
});

test('a failure does not hold the token', async () => {
  const address = await secured();
  const failure = await httpVaultClients(address, undefined)
    .request('GET', 'sys/health', { token: 'hidden' })
    .catch((error: Error) => error);
  expect(JSON.stringify(failure) + String(failure)).not.toContain('hidden');
});
