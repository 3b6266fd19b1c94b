import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpVaultApi } from '../../operations/vault-api';

let server: http.Server;
let address: string;
const requests: string[] = [];

beforeAll(async () => {
  server = http.createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers['x-vault-token']}`);
    if (request.url === '/v1/sys/health') response.statusCode = 503;
    else if (request.headers['x-vault-token'] !== 'root') response.statusCode = 403;
    else if (request.url !== '/v1/apps/metadata/mail') response.statusCode = 404;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => requests.splice(0));

test('asks for metadata, not for the secret', async () => {
  const api = new HttpVaultApi(undefined);
  expect(await api.holds({ address, token: 'root' }, 'apps', 'mail')).toBe(true);
  expect(await api.holds({ address, token: 'root' }, 'apps', 'other')).toBe(false);
  expect(requests).toEqual(['GET /v1/apps/metadata/mail root', 'GET /v1/apps/metadata/other root']);
});

test('uses the operator’s token where the configuration holds none', async () => {
  expect(await new HttpVaultApi('root').holds({ address, token: undefined }, 'apps', 'mail')).toBe(true);
  expect(await new HttpVaultApi(undefined).holds({ address, token: undefined }, 'apps', 'mail')).toBe(false);
});

test('a sealed server answers too', async () => {
  expect(await new HttpVaultApi(undefined).answers({ address, token: undefined })).toBe(true);
});

test('no server has no answer and no secret', async () => {
  const nowhere = { address: 'http://127.0.0.1:1', token: 'root' };
  expect(await new HttpVaultApi(undefined).answers(nowhere)).toBe(false);
  expect(await new HttpVaultApi(undefined).holds(nowhere, 'apps', 'mail')).toBe(false);
});
