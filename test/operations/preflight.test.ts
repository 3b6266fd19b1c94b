import * as fs from 'node:fs';
import * as path from 'node:path';
import { Environments } from '../../operations/environments';
import { NEVER_DEPLOYED } from '../../operations/last-deploy';
import { deployFindings, destroyFindings, planFindings } from '../../operations/preflight';
import { FakeMachine, READY, synthesizedProject } from './fakes';
import { serverProject } from './server-project';

const before = process.cwd();
afterEach(() => process.chdir(before));
const NOW = new Date();
const free = async () => undefined;
const used = async () => 'EADDRINUSE';
const STATES = { vault: NEVER_DEPLOYED, access: NEVER_DEPLOYED, services: NEVER_DEPLOYED };
const ALL_WELL = { problems: [], warnings: [], states: STATES };
/** What a machine answers that reaches the states too. */
const WITH_STATES = { ...READY, 'terraform init': {}, 'terraform state': { stdout: '{}' } };

function shop() {
  process.chdir(synthesizedProject());
  return new Environments('cdktf.out').get('shop-development');
}

async function mill() {
  process.chdir(await serverProject());
  return new Environments('cdktf.out').get('mill-staging');
}

const rules = (problems: readonly string[]) => problems.map((problem) => problem.split(' must ')[0]);

describe('a deploy', () => {
  test('lacks nothing on a machine that has everything', async () => {
    expect(await deployFindings(shop(), new FakeMachine(), free, NOW)).toEqual(ALL_WELL);
    const machine = new FakeMachine(WITH_STATES, { PG_CONN_STR: 'postgres://nowhere' });
    expect(await deployFindings(await mill(), machine, free, NOW)).toEqual(ALL_WELL);
  });

  test('says everything at once, one line each', async () => {
    const environment = await mill();
    fs.rmSync('certificates', { recursive: true });
    const machine = new FakeMachine({
      ...READY,
      'docker network ls': { stdout: 'a\n' },
      'docker network inspect': { stdout: 'legacy\t\t\t172.28.0.0/16 \n' },
    });
    const { problems, states } = await deployFindings(environment, machine, used, NOW);
    expect(rules(problems)).toEqual([
      "'port' of mill-vault-1",
      "'port' of mill-vault-2",
      "'port' of mill-vault-3",
      "'subnet' of mill-network",
      "'PG_CONN_STR'",
      "'certificates/mill-staging'",
    ]);
    expect(problems.join('')).not.toContain('\n');
    expect(states).toBeUndefined();
  });

  test('says of a certificate that ends soon, and goes on', async () => {
    const environment = await mill();
    const machine = new FakeMachine(WITH_STATES, { PG_CONN_STR: 'postgres://nowhere' });
    const later = new Date(NOW.getTime() + 350 * 24 * 60 * 60 * 1000);
    const { problems, warnings } = await deployFindings(environment, machine, free, later);
    expect(problems).toEqual([]);
    expect(rules(warnings)).toEqual(["'certificates/mill-staging/server.pem'"]);
  });

  test('does not judge ports and networks without an engine, which may hold them for this environment', async () => {
    const { 'docker version': _, ...rest } = READY;
    const { problems } = await deployFindings(shop(), new FakeMachine(rest), used, NOW);
    expect(problems).toEqual([expect.stringContaining("'docker' must reach a running engine")]);
  });

  test('does not judge ports and networks of an engine that is not Terraform’s', async () => {
    const context = { 'docker context': { stdout: 'desktop\tunix:///elsewhere' } };
    const { problems } = await deployFindings(shop(), new FakeMachine({ ...READY, ...context }), used, NOW);
    expect(problems).toEqual([expect.stringContaining("'DOCKER_HOST' must be set")]);
  });

  test('does not try the ports of this machine for an engine on another one', async () => {
    const machine = new FakeMachine(READY, { DOCKER_HOST: 'ssh://docker@192.0.2.1' });
    expect(await deployFindings(shop(), machine, used, NOW)).toEqual(ALL_WELL);
  });

  test('does not blame the state for a Terraform that is not there', async () => {
    const { 'terraform version': _, ...rest } = READY;
    const machine = new FakeMachine(rest, { PG_CONN_STR: 'postgres://nowhere' });
    const { problems, states } = await deployFindings(await mill(), machine, free, NOW);
    expect(problems).toEqual([expect.stringContaining("'terraform' must be")]);
    expect(states).toBeUndefined();
  });
});

test('a deploy fails where it would lose data', async () => {
  const environment = await mill();
  const state = {
    resources: [
      { mode: 'managed', type: 'vault_mount', name: 'old', instances: [{ attributes: { path: 'old' } }] },
    ],
  };
  const answers = { ...WITH_STATES, 'terraform state': { stdout: JSON.stringify(state) } };
  const machine = new FakeMachine(answers, { PG_CONN_STR: 'postgres://nowhere' });
  expect(rules((await deployFindings(environment, machine, free, NOW)).problems)).toEqual([
    "'allowDestroy' of mill-staging",
  ]);
});

describe('a plan', () => {
  test('needs certificates and states, and no port', async () => {
    const environment = await mill();
    fs.rmSync(path.resolve('certificates'), { recursive: true });
    const machine = new FakeMachine(WITH_STATES);
    const { problems } = await planFindings(environment, machine, NOW);
    expect(problems).toEqual([
      expect.stringContaining("'PG_CONN_STR' must hold the connection string"),
      expect.stringContaining('make them with npm run certificates -- mill-staging'),
    ]);
  });

  test('warns of data that a deploy would lose: it is there to be seen', async () => {
    const old = { mode: 'managed', type: 'vault_mount', name: 'old' };
    const state = { resources: [{ ...old, instances: [{ attributes: { path: 'old' } }] }] };
    const answers = { ...WITH_STATES, 'terraform state': { stdout: JSON.stringify(state) } };
    const machine = new FakeMachine(answers, { PG_CONN_STR: 'postgres://nowhere' });
    const { problems, warnings } = await planFindings(await mill(), machine, NOW);
    expect([problems, rules(warnings)]).toEqual([[], ["'allowDestroy' of mill-staging"]]);
  });
});

describe('a destroy', () => {
  test('needs Docker and Terraform', async () => {
    const { problems, states } = await destroyFindings(shop(), new FakeMachine({}));
    expect(rules(problems)).toEqual(["'docker'", "'terraform'"]);
    // They are files of this project.
    expect(states).toEqual(STATES);
  });

  test('needs the states', async () => {
    const environment = shop();
    fs.writeFileSync('terraform.shop-development-services.tfstate', 'hvs.hunter2');
    expect(await destroyFindings(environment, new FakeMachine())).toEqual({
      problems: [
        "'state' must be readable JSON, got 'terraform.shop-development-services.tfstate', which is not; restore it from its .backup",
      ],
      states: undefined,
    });
  });

  test('needs neither certificates nor ports', async () => {
    const environment = await mill();
    fs.rmSync(path.resolve('certificates'), { recursive: true });
    const machine = new FakeMachine(WITH_STATES, { PG_CONN_STR: 'postgres://nowhere' });
    expect(await destroyFindings(environment, machine)).toEqual({ problems: [], states: STATES });
  });
});
