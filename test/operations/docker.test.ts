import * as fs from 'node:fs';
import * as path from 'node:path';
import { Docker, isSameEngine } from '../../operations/docker';
import { FakeMachine, READY, temporaryFolder } from './fakes';

test('an engine that answers is no problem', async () => {
  expect(await new Docker(new FakeMachine()).problem()).toBeUndefined();
});

test.each([
  [{}, 'no such program'],
  [{ 'docker version': { status: 1, failure: 'permission denied' } }, 'permission denied'],
])('fails with %j', async (answers, got) => {
  expect(await new Docker(new FakeMachine(answers)).problem()).toBe(
    `'docker' must reach a running engine, got ${got}; install Docker and start it, or set DOCKER_HOST`,
  );
});

test('reads single ports, ranges and addresses of both families', async () => {
  const stdout = [
    'web\tshop\tdevelopment\t127.0.0.1:8080->80/tcp, [::]:9000-9001->9000-9001/tcp, 5432/tcp',
    'dns\t\t\t0.0.0.0:53->53/udp, :::53->53/tcp',
    'idle\t\t\t',
    '',
  ].join('\n');
  const ports = await new Docker(new FakeMachine({ 'docker ps': { stdout } })).heldPorts();
  expect(ports.map(({ containerName, ip, port }) => `${containerName} ${ip} ${port}`)).toEqual([
    'web 127.0.0.1 8080',
    'web :: 9000',
    'web :: 9001',
    'dns :: 53',
  ]);
  expect(ports[0]).toMatchObject({ platform: 'shop', environment: 'development' });
});

const context = (name: string, host: string) => ({ 'docker context': { stdout: `${name}\t${host}\n` } });

test.each([
  [undefined, {}, true],
  [undefined, context('default', 'unix:///var/run/docker.sock'), true],
  [undefined, context('far', 'ssh://docker@192.0.2.1'), false],
  ['unix:///var/run/docker.sock', {}, true],
  ['tcp://192.0.2.1:2376', {}, false],
  ['ssh://docker@192.0.2.1', {}, false],
])('with DOCKER_HOST %s and %j the engine is on this machine: %s', async (DOCKER_HOST, answers, isLocal) => {
  expect(await new Docker(new FakeMachine(answers, { DOCKER_HOST })).isLocal()).toBe(isLocal);
});

describe('the engine is the one that Terraform uses', () => {
  const problem = (answers: object, variables = {}) =>
    new Docker(new FakeMachine({ ...READY, ...answers }, variables)).problem();
  const folder = temporaryFolder();
  const socket = (name: string) => `unix://${path.join(folder, name)}`;

  test('with the default context', async () => {
    expect(await problem(context('default', 'unix:///var/run/docker.sock'))).toBeUndefined();
  });

  test('with a command that has no contexts', async () => {
    expect(await problem({ 'docker context': { status: 1, failure: 'unknown command' } })).toBeUndefined();
  });

  test('fails with a context of another engine, which Terraform does not know of', async () => {
    expect(await problem(context('desktop', 'unix:///home/ada/.docker/run/docker.sock'))).toBe(
      "'DOCKER_HOST' must be set where docker uses another engine than Terraform, got nothing and the context 'desktop'; run export DOCKER_HOST=unix:///home/ada/.docker/run/docker.sock",
    );
  });

  test.each([
    [{ DOCKER_HOST: 'unix:///home/ada/.docker/run/docker.sock' }],
    [{ DOCKER_CONTEXT: 'desktop' }],
    [{ DOCKER_HOST: 'tcp://192.0.2.1:2376', DOCKER_CONTEXT: '' }],
  ])('with %j both go by it', async (variables) => {
    expect(await problem(context('desktop', 'unix:///elsewhere'), variables)).toBeUndefined();
  });

  test.each([
    [
      { DOCKER_CONTEXT: 'default' },
      "'DOCKER_CONTEXT' must be a context that Terraform knows, got 'default'; run unset DOCKER_CONTEXT",
    ],
    [
      { DOCKER_CONTEXT: 'desktop', DOCKER_HOST: 'unix:///run/docker.sock' },
      "'DOCKER_CONTEXT' must not be set beside DOCKER_HOST, got 'desktop'; run unset DOCKER_CONTEXT",
    ],
  ])('fails with %j', async (variables, text) => {
    expect(await problem({}, variables)).toBe(text);
  });

  test('a socket that is a link to another one is the same', () => {
    fs.writeFileSync(path.join(folder, 'real'), '');
    fs.symlinkSync(path.join(folder, 'real'), path.join(folder, 'link'));
    expect(isSameEngine(socket('link'), socket('real'))).toBe(true);
    expect(isSameEngine(socket('link'), socket('other'))).toBe(false);
  });
});

describe('networks', () => {
  test('are read with their labels and subnets', async () => {
    const machine = new FakeMachine({
      'docker network ls': { stdout: 'a1\nb2\nc3\n' },
      'docker network inspect': {
        // One of them was removed meanwhile.
        status: 1,
        stdout:
          'bridge\t\t\t172.17.0.0/16 \nshop-network\tshop\tstaging\t172.28.1.0/24 fd00::/64 \nhost\t\t\t\n',
      },
    });
    expect(await new Docker(machine).networks()).toEqual([
      { networkName: 'bridge', platform: '', environment: '', subnets: ['172.17.0.0/16'] },
      {
        networkName: 'shop-network',
        platform: 'shop',
        environment: 'staging',
        subnets: ['172.28.1.0/24', 'fd00::/64'],
      },
      { networkName: 'host', platform: '', environment: '', subnets: [] },
    ]);
  });

  test('may be none at all', async () => {
    expect(await new Docker(new FakeMachine({ 'docker network ls': { stdout: '' } })).networks()).toEqual([]);
  });
});

test('reads whose each container is, running or not', async () => {
  const machine = new FakeMachine({ 'docker ps': { stdout: 'web\tshop\tdevelopment\nother\t\t\n' } });
  expect(await new Docker(machine).containers()).toEqual([
    { containerName: 'web', platform: 'shop', environment: 'development' },
    { containerName: 'other', platform: '', environment: '' },
  ]);
});
