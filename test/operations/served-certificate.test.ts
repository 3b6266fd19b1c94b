import * as http from 'node:http';
import * as https from 'node:https';
import type * as net from 'node:net';
import { servedCertificate } from '../../operations/served-certificate';
import { DAY, make } from '../constructs/certificate-maker';

const servers: net.Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function listen(server: net.Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as net.AddressInfo).port;
}

test.each([
  ['that nobody here trusts', 10],
  ['that has ended', -1],
])('sees when a certificate ends %s', async (_what, days) => {
  const until = new Date(Math.floor((Date.now() + days * DAY) / 1000) * 1000);
  const { certificate, key } = await make({ from: new Date(Date.now() - 5 * DAY), until });
  const port = await listen(https.createServer({ cert: certificate, key }));
  expect(await servedCertificate(`https://127.0.0.1:${port}`)).toEqual(until);
  expect(await servedCertificate(`https://localhost:${port}`)).toEqual(until);
});

test('sees none where no TLS is spoken, and where nobody answers', async () => {
  const port = await listen(http.createServer());
  expect(await servedCertificate(`http://127.0.0.1:${port}`)).toBeUndefined();
  expect(await servedCertificate(`https://127.0.0.1:${port}`)).toBeUndefined();
  await new Promise((resolve) => servers.at(-1)?.close(resolve));
  expect(await servedCertificate(`https://127.0.0.1:${port}`)).toBeUndefined();
});
