import { synthesis } from '../../operations/synthesis';
import { FakeMachine, synthesizedProject } from './fakes';

const before = process.cwd();
afterEach(() => process.chdir(before));

test('runs the app and knows what it wrote', async () => {
  process.chdir(synthesizedProject());
  const machine = new FakeMachine();
  expect((await synthesis(machine)).names).toEqual(['bakery-development', 'shop-development']);
  expect(machine.attached).toEqual([
    {
      program: process.execPath,
      args: ['--import', 'tsx', 'main.ts'],
      variables: { CDKTF_OUTDIR: undefined, CDKTF_CONTEXT_JSON: undefined },
    },
  ]);
});

test('fails with its exit code and adds nothing to what it said', async () => {
  const machine = new FakeMachine({}, {}, () => 1);
  await expect(synthesis(machine)).rejects.toMatchObject({ exitCode: 1, message: '' });
});
