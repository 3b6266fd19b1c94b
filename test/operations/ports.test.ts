import * as net from 'node:net';
import { bindPort, portProblems } from '../../operations/ports';

const wanted = {
  ip: '127.0.0.1',
  port: 8200,
  containerName: 'shop-vault',
  platform: 'shop',
  environment: 'development',
};
const free = async () => undefined;
const used = async () => 'EADDRINUSE';

test('a free port is no problem', async () => {
  expect(await portProblems('shop-development', [wanted], [], free)).toEqual([]);
});

test('a port of this very environment is no problem', async () => {
  const own = { ...wanted, containerName: 'shop-vault' };
  expect(await portProblems('shop-development', [wanted], [own], used)).toEqual([]);
});

test.each(['127.0.0.1', '0.0.0.0', '::'])(
  'fails and names the container that publishes it on %s',
  async (ip) => {
    const other = { ...wanted, ip, containerName: 'dev-vault', platform: '', environment: '' };
    expect(await portProblems('shop-development', [wanted], [other], used)).toEqual([
      "'port' of shop-vault must be free, got '127.0.0.1:8200', which container 'dev-vault' publishes; stop it, or choose another port in context.shop-development.hostPorts of cdktf.json",
    ]);
  },
);

test('fails with a port of the same platform in another environment', async () => {
  const staging = { ...wanted, environment: 'staging' };
  expect(await portProblems('shop-development', [wanted], [staging], used)).toHaveLength(1);
});

test('a container on another address is not in the way', async () => {
  const elsewhere = { ...wanted, ip: '192.0.2.1', platform: 'other' };
  expect(await portProblems('shop-development', [wanted], [elsewhere], free)).toEqual([]);
});

test('fails with a port that another program holds', async () => {
  expect(await portProblems('shop-development', [wanted], [], used)).toEqual([
    expect.stringContaining("got '127.0.0.1:8200', which a program outside Docker holds"),
  ]);
});

test('fails with an address that the host does not have', async () => {
  const elsewhere = { ...wanted, ip: '192.0.2.1' };
  expect(await portProblems('shop-development', [elsewhere], [], async () => 'EADDRNOTAVAIL')).toEqual([
    "'address' of a port must be one of this host, got '192.0.2.1' for shop-vault; correct it in the declaration",
  ]);
});

test('a port that only the engine may open is left to it', async () => {
  expect(await portProblems('shop-development', [wanted], [], async () => 'EACCES')).toEqual([]);
});

test('an engine on another machine is asked alone', async () => {
  expect(await portProblems('shop-development', [wanted], [])).toEqual([]);
});

test('finds out by holding the port for a moment', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  expect(await bindPort('127.0.0.1', port)).toBe('EADDRINUSE');
  await new Promise((resolve) => server.close(resolve));
  expect(await bindPort('127.0.0.1', port)).toBeUndefined();
  expect(await bindPort('127.0.0.1', port)).toBeUndefined();
});
