import * as path from 'node:path';
import { Environments } from '../../operations/environments';
import { deployProblems, destroyProblems } from '../../operations/preflight';
import { FakeMachine, fakeVault, READY, synthesizedProject, writeState } from './fakes';

const project = synthesizedProject();
const shop = () => new Environments(path.join(project, 'cdktf.out')).get('shop-development');
const free = async () => undefined;
const used = async () => 'EADDRINUSE';

describe('a deploy', () => {
  test('lacks nothing on a machine that has everything', async () => {
    expect(await deployProblems(shop(), new FakeMachine(), free)).toEqual([]);
  });

  test('says everything at once, one line each', async () => {
    const problems = await deployProblems(
      shop(),
      new FakeMachine({ ...READY, 'terraform version': { status: 1, failure: 'broken' } }),
      used,
    );
    expect(problems.map((problem) => problem.split(' must ')[0])).toEqual([
      "'terraform'",
      "'port' of shop-vault",
      "'port' of web",
    ]);
    expect(problems.join('')).not.toContain('\n');
  });

  test('does not judge ports without an engine, which may hold them for this environment', async () => {
    const { 'docker version': _, ...rest } = READY;
    expect(await deployProblems(shop(), new FakeMachine(rest), used)).toEqual([
      expect.stringContaining("'docker' must reach a running engine"),
    ]);
  });

  test('does not try the ports of this machine for an engine on another one', async () => {
    const machine = new FakeMachine(READY, { DOCKER_HOST: 'ssh://docker@192.0.2.1' });
    expect(await deployProblems(shop(), machine, used)).toEqual([]);
  });
});

describe('a destroy', () => {
  const holding = { resources: [{ mode: 'managed', type: 'vault_policy' }] };

  test('needs Docker and Terraform', async () => {
    expect(await destroyProblems(shop(), new FakeMachine({}), fakeVault())).toEqual([
      expect.stringContaining("'docker'"),
      expect.stringContaining("'terraform'"),
    ]);
  });

  test.each(['access', 'services'])(
    'needs the server when the state of %s has objects of it',
    async (stack) => {
      writeState(project, stack, holding);
      expect(await destroyProblems(shop(), new FakeMachine(), fakeVault())).toEqual([]);
      expect(await destroyProblems(shop(), new FakeMachine(), fakeVault('no answer'))).toEqual([
        "'vault' of shop-development must answer while its objects are destroyed, got no answer at 'http://127.0.0.1:8200'; bring it up with npx cdktf deploy shop-development-vault, then destroy again",
      ]);
      writeState(project, stack, {});
    },
  );

  test('does not need the server when nothing of it is left', async () => {
    expect(await destroyProblems(shop(), new FakeMachine(), fakeVault('no answer'))).toEqual([]);
  });
});
