import { Docker } from '../../operations/docker';
import { FakeMachine } from './fakes';

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

test.each([
  [undefined, true],
  ['unix:///var/run/docker.sock', true],
  ['tcp://192.0.2.1:2376', false],
  ['ssh://docker@192.0.2.1', false],
])('with DOCKER_HOST %s the engine is on this machine: %s', (DOCKER_HOST, isLocal) => {
  expect(new Docker(new FakeMachine({}, { DOCKER_HOST })).isLocal).toBe(isLocal);
});
