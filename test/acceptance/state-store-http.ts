import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StateBackend } from '../../constructs/state-backend';
import { password, type StateStore } from './state-store';

const USER = 'terraform';

/** A server of Terraform's HTTP protocol, as GitLab and others have one: states and locks by address. */
export async function startStateServer(): Promise<StateStore> {
  const secret = password();
  const login = `Basic ${Buffer.from(`${USER}:${secret}`).toString('base64')}`;
  const states = new Map<string, string>();
  const locks = new Map<string, string>();

  const answer = (request: IncomingMessage, body: string): readonly [status: number, body?: string] => {
    const { authorization } = request.headers;
    if (authorization === undefined) return [401];
    if (authorization !== login) return [403];
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const held = locks.get(pathname);
    switch (request.method) {
      case 'GET':
        return states.has(pathname) ? [200, states.get(pathname)] : [404];
      case 'POST':
        // Nobody writes without the lock, or with that of somebody else.
        if (held === undefined || JSON.parse(held).ID !== searchParams.get('ID')) return [409, held];
        states.set(pathname, body);
        return [200];
      case 'LOCK':
        if (held !== undefined) return [423, held];
        locks.set(pathname, body);
        return [200];
      case 'UNLOCK':
        return [locks.delete(pathname) ? 200 : 409];
      default:
        return [405];
    }
  };
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [status, body] = answer(request, Buffer.concat(chunks).toString());
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/states`;
  const variables = { TF_HTTP_USERNAME: USER, TF_HTTP_PASSWORD: secret };
  return {
    state: StateBackend.http({ address }),
    variables,
    credentials: { 'the password': secret, 'the encoded login': login },
    lockMessage: /HTTP remote state already locked: ID=/,
    refusals: [
      {
        what: 'no login',
        variables: {},
        got: 'a refused login; check TF_HTTP_USERNAME and TF_HTTP_PASSWORD',
      },
      {
        what: 'a wrong password',
        variables: { ...variables, TF_HTTP_PASSWORD: password() },
        got: 'a refused login; check TF_HTTP_USERNAME and TF_HTTP_PASSWORD',
      },
      {
        what: 'another port',
        variables,
        state: StateBackend.http({ address: 'http://127.0.0.1:1/states' }),
        got: 'a refused connection; check the address in StateBackend.http()',
      },
    ],
    places: async () => [...states.keys()].map((path) => path.replace('/states/', '')).sort(),
    stop: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}
