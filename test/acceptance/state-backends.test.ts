import * as fs from 'node:fs';
import * as path from 'node:path';
import { NEVER_DEPLOYED } from '../../operations/last-deploy';
import type { OperationError } from '../../operations/operation-error';
import { stackState } from '../../operations/stack-state';
import { expectSuccess, progress } from './command';
import { commonParts, OPENBAO, obtainable } from './parts';
import { heldBy } from './secrecy';
import { STACKS, type StackName, StateProject } from './state-project';
import { type RunningServer, startServer } from './state-server';
import { password, removeLeftovers, type StateStore } from './state-store';
import { startStateServer } from './state-store-http';
import { startPostgres } from './state-store-pg';
import { installMoto, startS3 } from './state-store-s3';
import { unpacked } from './zip';

jest.setTimeout(5 * 60 * 1000);

const [ACCESS, SERVICES] = STACKS;

/** The parts that every store needs. */
const parts = (() => {
  const common = commonParts();
  if ('missing' in common) return common;
  return obtainable(OPENBAO) ? common : { missing: `${OPENBAO} is not in the engine and cannot be pulled` };
})();
const moto = 'missing' in parts ? parts : installMoto();

afterAll(() => {
  if (!('missing' in moto)) fs.rmSync(moto.folder, { recursive: true, force: true });
});

interface StoreOfThisMachine {
  readonly places: (stacks: readonly string[]) => readonly string[];
  readonly start: (() => Promise<StateStore>) | { readonly missing: string };
}

describeStore('PostgreSQL', 'pg', {
  places: (stacks) => stacks,
  start: 'missing' in parts ? parts : () => startPostgres(parts.standIns.postgres ?? ''),
});
describeStore('S3', 's3', {
  places: (stacks) => stacks.map((stack) => `platforms/eu/${stack}.tfstate`),
  start: 'missing' in moto ? moto : () => startS3(moto),
});
describeStore('HTTP', 'http', {
  places: (stacks) => stacks,
  start: 'missing' in parts ? parts : startStateServer,
});

/** All tests of one store, in their order: each builds on what those before it deployed. */
function describeStore(title: string, mount: string, { places, start }: StoreOfThisMachine): void {
  const name = `states in ${title}`;
  if ('missing' in start) {
    if (process.env.REQUIRE_ACCEPTANCE) throw new Error(`REQUIRE_ACCEPTANCE is set and ${start.missing}`);
    progress(`${name} skipped: ${start.missing}`);
    describe.skip(`${name} (skipped: ${start.missing})`, () => tests(undefined as never, mount, places));
    return;
  }
  describe(name, () => tests(start, mount, places));
}

function tests(start: () => Promise<StateStore>, mount: string, places: StoreOfThisMachine['places']): void {
  const supplied = { [`TF_VAR_${mount}_mail_key`]: password() };
  const rotated = { [`TF_VAR_${mount}_mail_key`]: password() };
  let store: StateStore;
  let server: RunningServer | undefined;
  let project: StateProject | undefined;

  const current = (): StateProject => {
    if (!project) throw new Error('the project could not be prepared');
    return project;
  };
  const read = (stack: StackName) => stackState(current().stack(stack), current().machine()).read();
  const plan = (stack: StackName, env = {}) =>
    current().terraform(stack, ['plan', '-input=false', '-no-color', '-detailed-exitcode'], env);
  const synthesize = (version: number, state = store.state) =>
    current().synthesize({ state, mount, version });

  beforeAll(async () => {
    progress(`states in ${mount}: starting the store and a server`);
    await removeLeftovers();
    store = await start();
    server = await startServer(OPENBAO);
    project = new StateProject(
      server,
      store.variables,
      'offlineProviders' in parts && parts.offlineProviders,
    );
    synthesize(1);
  });

  afterAll(async () => {
    project?.delete();
    await server?.stop();
    await store?.stop();
  });

  test('before the first deploy there is no problem, and nothing was written', async () => {
    for (const stack of STACKS) expect(await read(stack)).toEqual(NEVER_DEPLOYED);
  });

  test('fails in one line where the store cannot be used, before anything is deployed and without a credential', async () => {
    for (const { what, variables, state, got } of store.refusals) {
      synthesize(1, state);
      const reading = stackState(current().stack(ACCESS), current().machine(variables)).read();
      const problems = await reading.then(
        () => [],
        (error: OperationError) => error.problems,
      );
      expect([what, problems]).toEqual([
        what,
        [`'state' of ${ACCESS} must be readable from its backend '${mount}', got ${got}`],
      ]);
    }
    synthesize(1);
  });

  test('fails in the first plan without the supplied value, though there is no state to read', async () => {
    await init(ACCESS);
    const { code, output } = await plan(ACCESS);
    expect(code).toBe(1);
    expect(oneLine(output)).toContain(`'${mount}/mail' must be supplied when it is first written`);
    expect(output).not.toContain('Unable to find remote state');
  });

  test('cdktf deploys both stacks, and each has its own state', async () => {
    progress(`states in ${mount}: deploying`);
    expectSuccess(await current().deploy(supplied));
    expect(await store.places()).toEqual(places(STACKS));
  });

  test.each(STACKS)('a second plan of %s is empty, without the supplied value', async (stack) => {
    const { code, output } = await plan(stack);
    expect([code, output]).toEqual([0, expect.stringContaining('No changes.')]);
  });

  test('the commands read what was written, and to which mount', async () => {
    const mounts = await server?.root.call<Record<string, { accessor: string }>>('GET', 'sys/mounts');
    expect(await read(ACCESS)).toMatchObject({
      suppliedVersions: { [`${mount}/mail`]: expect.any(Number) },
      mountAccessors: { [mount]: mounts?.[`${mount}/`]?.accessor },
      holdsVaultObjects: true,
    });
    expect(await read(SERVICES)).toEqual(NEVER_DEPLOYED);
  });

  test('a raised version asks for the value again, and is remembered', async () => {
    const before = await read(ACCESS);
    synthesize(2);
    const { code, output } = await plan(ACCESS);
    expect(code).toBe(1);
    expect(oneLine(output)).toContain(`'${mount}/mail' must be supplied`);
    expectSuccess(
      await current().terraform(ACCESS, ['apply', '-auto-approve', '-input=false', '-no-color'], rotated),
    );
    const { suppliedVersions } = await read(ACCESS);
    expect(suppliedVersions[`${mount}/mail`]).toBeGreaterThan(before.suppliedVersions[`${mount}/mail`] ?? 0);
    expect((await plan(ACCESS)).code).toBe(0);
  });

  test('while one apply runs a second is refused, and the state can be read', async () => {
    const first = await current().beginApply(ACCESS);
    try {
      const apply = ['apply', '-auto-approve', '-input=false', '-no-color'];
      const second = await current().terraform(ACCESS, apply);
      expect(second.code).toBe(1);
      expect(second.output).toContain('Error acquiring the state lock');
      expect(oneLine(second.output)).toMatch(store.lockMessage);
      expect((await read(ACCESS)).holdsVaultObjects).toBe(true);
      expectSuccess(await current().terraform(SERVICES, [...apply, '-replace=terraform_data.note']));
    } finally {
      expectSuccess(await first.approve());
    }
    expect((await plan(ACCESS)).code).toBe(0);
  });

  test('no credential and no value is in a synthesized file, a plan or a state', async () => {
    synthesize(3);
    const saved = path.join(current().folder, 'saved.tfplan');
    expectSuccess(
      await current().terraform(ACCESS, ['plan', '-input=false', '-no-color', `-out=${saved}`], supplied),
    );
    const shown = await current().terraform(ACCESS, ['show', '-json', saved]);
    const texts = new Map<string, string | Buffer>([
      ['the shown plan', shown.stdout],
      ...unpacked(fs.readFileSync(saved)).map(
        ({ name, content }) => [`${name} of the plan`, content] as const,
      ),
      ...current()
        .files()
        .map((file) => [file, fs.readFileSync(file)] as const),
    ]);
    for (const stack of STACKS) {
      texts.set(`the state of ${stack}`, (await current().terraform(stack, ['state', 'pull'])).stdout);
    }
    const values = Object.entries({
      ...store.credentials,
      ...supplied,
      ...rotated,
      token: server?.token ?? '',
    });
    const named = values.map(([name, value]) => ({ name, value }));
    const found = [...texts].flatMap(([where, text]) =>
      heldBy(text, named).map((name) => `${name} in ${where}`),
    );
    expect(found).toEqual([]);
    // The search finds what is there.
    expect(texts.get('the state of shop-production-access')).toBeDefined();
    expect(
      [...texts.values()].filter((text) => text.includes('shop-production-access')).length,
    ).toBeGreaterThan(3);
    synthesize(2);
  });

  test('after a destroy the state holds nothing, and the next deploy is a first one', async () => {
    expectSuccess(
      await current().terraform(ACCESS, ['destroy', '-auto-approve', '-input=false', '-no-color'], rotated),
    );
    expect(await read(ACCESS)).toEqual(NEVER_DEPLOYED);
    const { code, output } = await plan(ACCESS);
    expect(code).toBe(1);
    expect(oneLine(output)).toContain(`'${mount}/mail' must be supplied when it is first written`);
  });

  async function init(stack: StackName): Promise<void> {
    expectSuccess(await current().terraform(stack, ['init', '-input=false', '-no-color']));
  }
}

/** Without the line breaks and the frame that Terraform puts into a message. */
function oneLine(output: string): string {
  return output.replace(/[\s│]+/g, ' ');
}
