import { type DeploySurroundings, deploy } from '../../operations/deploy';
import { FakeMachine, fakePerson, fakeVault, READY, synthesizedProject } from './fakes';

const CDKTF = 'node_modules/.bin/cdktf';
const before = process.cwd();
beforeEach(() => process.chdir(synthesizedProject()));
afterEach(() => process.chdir(before));

function surroundings(given: Partial<DeploySurroundings> = {}) {
  const machine = new FakeMachine();
  return {
    machine,
    probe: async () => undefined,
    vault: fakeVault('no answer'),
    questions: fakePerson(),
    ...given,
  };
}

const cdktfCalls = (machine: DeploySurroundings['machine']) =>
  (machine as FakeMachine).attached.filter(({ program }) => program === CDKTF);

test('asks for what is missing and gives it to cdktf as variables, never as arguments', async () => {
  const outside = surroundings({ questions: fakePerson('{"a":"hidden"}', 'hidden too') });
  expect(await deploy(['shop-development', '--skip-provider-lock'], outside)).toBe(0);
  const [call] = cdktfCalls(outside.machine);
  expect(call?.args).toContain('--skip-provider-lock');
  expect(call?.args.join(' ')).not.toContain('hidden');
  expect(Object.keys(call?.variables ?? {}).sort()).toEqual(['TF_VAR_apps_legacy', 'TF_VAR_apps_mail_key']);
});

test('fails without a terminal with all that is missing, before anything changes', async () => {
  const outside = surroundings({
    machine: new FakeMachine({ ...READY, 'terraform version': { status: 1 } }),
  });
  await expect(deploy(['shop-development', '--auto-approve'], outside)).rejects.toMatchObject({
    exitCode: 1,
    problems: [
      expect.stringContaining("'terraform' must be"),
      expect.stringContaining('TF_VAR_apps_'),
      expect.stringContaining('TF_VAR_apps_'),
    ],
  });
  expect(cdktfCalls(outside.machine)).toEqual([]);
});

test('fails without a terminal and without approval', async () => {
  await expect(deploy(['bakery-development'], surroundings())).rejects.toThrow(
    "'--auto-approve' must be given",
  );
});

test('asks nobody while the machine lacks something', async () => {
  const questions = fakePerson('never');
  const outside = surroundings({ questions, probe: async () => 'EADDRINUSE' });
  await expect(deploy(['shop-development'], outside)).rejects.toThrow("'port' of shop-vault must be free");
  expect(questions.asked).toEqual([]);
});

test('returns the exit code of cdktf', async () => {
  const machine = new FakeMachine(READY, {}, (program) => (program === CDKTF ? 9 : 0));
  expect(await deploy(['bakery-development', '--auto-approve'], surroundings({ machine }))).toBe(9);
});

test('fails with an unknown environment before it looks at the machine', async () => {
  const machine = new FakeMachine({});
  await expect(deploy(['shop-production'], surroundings({ machine }))).rejects.toMatchObject({ exitCode: 2 });
});
