import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { attempt, eventually, expectSuccess, run } from './command';
import { inspect, restart, settled } from './engine';
import { ForeignServer } from './external-server';
import type { FailureEnvironment } from './failure-environment';
import { expectRefusal } from './failure-preflight';
import type { CurrentEnvironment } from './failure-suite';

/** A key beside the server unseals it. */
export function staticSealTests(current: CurrentEnvironment): void {
  const key = randomBytes(32);

  test('fails without the key, and nothing was made', async () => {
    await current().certificates();
    expectRefusal(await current().deploy(), /'seals\/fail-static-production\/key' must be there/);
    expect(await current().objects()).toEqual([]);
  });

  test('comes up, and gives its holders shares for recovery', async () => {
    current().write('seals/fail-static-production/key', key, 0o600);
    await comesUp(current());
  });

  test('unseals itself after a restart', async () => {
    await expectUnsealsItself(current());
  });

  test('its key is in no state, no plan and no container', async () => {
    await expectHidden(current(), {
      'the key': key,
      'the key in base64': Buffer.from(key.toString('base64')),
      'the key in hex': Buffer.from(key.toString('hex')),
    });
  });
}

/** Somebody else's server unseals it. */
export function transitSealTests(current: CurrentEnvironment): void {
  let unsealer: ForeignServer;
  let token: string;

  beforeAll(async () => {
    unsealer = await ForeignServer.start('fail-transit-unsealer', 18779);
    const policy = ['encrypt', 'decrypt']
      .map((verb) => `path "transit/${verb}/fail-transit" { capabilities = ["update"] }`)
      .join('\n');
    await unsealer.root.call('POST', 'sys/mounts/transit', { type: 'transit' });
    await unsealer.root.call('POST', 'transit/keys/fail-transit');
    await unsealer.root.call('PUT', 'sys/policies/acl/unseal', { policy });
    token = await unsealer.tokenWith('unseal', { period: '24h' });
    current().declare({ address: unsealer.address });
  });

  afterAll(async () => {
    await unsealer?.remove();
  });

  test('fails without the token for the other server, and nothing was made', async () => {
    await current().certificates();
    current().write('seals/fail-transit-production/ca.pem', unsealer.ca);
    expectRefusal(await current().deploy(), /'seals\/fail-transit-production\/token' must be there/);
    expect(await current().objects()).toEqual(['container fail-transit-unsealer']);
  });

  test('comes up, and gives its holders shares for recovery', async () => {
    current().write('seals/fail-transit-production/token', `${token}\n`, 0o600);
    await comesUp(current());
  });

  test('unseals itself after a restart', async () => {
    await expectUnsealsItself(current());
  });

  test('its token is in no state, no plan and no container', async () => {
    await expectHidden(current(), { 'the token': Buffer.from(token) });
  });

  test('goes on while the other server is away, is not up after a restart, and unseals itself when that is back', async () => {
    const value = await current().reads();
    await unsealer.stop();
    expect(await current().reads()).toBe(value);
    await run('docker', ['restart', 'fail-transit-vault']);
    // The server ends when it cannot reach its seal, and Docker starts it again and again.
    await eventually('the server says why', async () =>
      (await attempt('docker', ['logs', 'fail-transit-vault'])).output.includes(
        'Error parsing Seal configuration',
      ),
    );
    expect((await current().vault('status')).code).toBe(1);
    await unsealer.restart();
    await eventually('unsealed', async () => (await current().vault('status')).code === 0, 240);
    await settled(['fail-transit-vault', 'fail-transit-reader-agent', 'fail-transit-reader']);
    expect(await current().reads()).toBe(value);
    await current().expectEmptyPlans();
  });
}

async function comesUp(environment: FailureEnvironment): Promise<void> {
  expectRefusal(await environment.deploy(), new RegExp(`npm run vault -- init ${environment.name}$`, 'm'));
  await environment.initialise();
  expect(environment.shares).toHaveLength(3);
  expectSuccess(await environment.deploy());
  expect(await environment.reads()).toMatch(/^[0-9a-f]{64}$/);
  await environment.expectEmptyPlans();
  // The shares of recovery are a quorum for all else.
  await environment.renewOperator();
}

async function expectUnsealsItself(environment: FailureEnvironment): Promise<void> {
  const before = { value: await environment.reads(), token: await environment.tokenIn() };
  const server = `${environment.platform}-vault`;
  await restart([server]);
  await eventually('unsealed', async () => (await environment.vault('status')).code === 0);
  await settled([server, `${environment.platform}-reader-agent`]);
  expect({ value: await environment.reads(), token: await environment.tokenIn() }).toEqual(before);
  await environment.expectEmptyPlans();
}

/** Fails if one of these is where Terraform or Docker show it, by its name. */
async function expectHidden(environment: FailureEnvironment, secrets: Record<string, Buffer>): Promise<void> {
  const { project, stacks, platform } = environment;
  const places: Record<string, string | Buffer> = {};
  for (const stack of stacks) {
    places[`state of ${stack}`] = await project.state(stack);
    const { raw, shown } = await project.savedPlan(stack, {}, ['-refresh=false', '-lock=false']);
    places[`plan of ${stack}`] = shown;
    places[`planfile of ${stack}`] = raw;
  }
  const containers = (await environment.objects()).filter((one) => one.startsWith('container '));
  const names = containers.map((one) => one.slice('container '.length));
  places.containers = JSON.stringify([...(await inspect(names))]);
  for (const file of project.files()) {
    if (!file.includes(`${path.sep}seals${path.sep}`)) places[file] = fs.readFileSync(file);
  }
  const server = await attempt('docker', ['logs', `${platform}-vault`]);
  places['log of the server'] = server.output;
  const found = Object.entries(places).flatMap(([place, content]) =>
    Object.entries(secrets)
      .filter(([, secret]) => Buffer.from(content).includes(secret))
      .map(([name]) => `${name} is in ${place}`),
  );
  expect(found).toEqual([]);
}
