import { destroy } from '../../operations/destroy';
import { FakeMachine, fakeVault, synthesizedProject, writeState } from './fakes';

const before = process.cwd();
beforeEach(() => process.chdir(synthesizedProject()));
afterEach(() => process.chdir(before));

test('runs cdktf on all stacks, without a value that somebody supplies', async () => {
  const machine = new FakeMachine();
  const code = await destroy(['shop-development', '--auto-approve'], {
    machine,
    vault: fakeVault('no answer'),
    canAsk: false,
  });
  expect(code).toBe(0);
  expect(machine.attached.at(-1)).toMatchObject({
    args: [
      'destroy',
      'shop-development-vault',
      'shop-development-access',
      'shop-development-services',
      '--skip-synth',
      '--auto-approve',
    ],
    variables: {},
  });
});

test('fails before anything is destroyed when the server is gone and its objects are not', async () => {
  writeState(process.cwd(), 'access', { resources: [{ mode: 'managed', type: 'vault_policy' }] });
  const machine = new FakeMachine();
  const outside = { machine, vault: fakeVault('no answer'), canAsk: true };
  await expect(destroy(['shop-development'], outside)).rejects.toThrow(
    "'vault' of shop-development must answer",
  );
  expect(machine.attached.map(({ program }) => program)).toEqual([process.execPath]);
});

test('fails without a terminal and without approval', async () => {
  const outside = { machine: new FakeMachine(), vault: fakeVault(), canAsk: false };
  await expect(destroy(['shop-development'], outside)).rejects.toThrow(
    'write it as npm run destroy -- shop-development --auto-approve',
  );
});
