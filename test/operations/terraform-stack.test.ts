import * as fs from 'node:fs';
import * as path from 'node:path';
import { Environments } from '../../operations/environments';
import { TerraformStack } from '../../operations/terraform-stack';
import { FakeMachine, READY, stackFolder, synthesizedProject } from './fakes';

const project = synthesizedProject();
const shop = new Environments(path.join(project, 'cdktf.out')).get('shop-development');
const folder = stackFolder(project, 'access');
const lock = path.join(folder, '.terraform.lock.hcl');
afterEach(() => fs.rmSync(lock, { force: true }));

const access = (machine: FakeMachine, variables = {}) =>
  new TerraformStack(shop, 'access', machine, variables);

test('plans and applies in the folder where the CDKTF command line does, and never asks', async () => {
  const machine = new FakeMachine();
  await access(machine).plan('/private/plan');
  expect(await access(machine).apply('/private/plan')).toBe(0);
  expect(machine.attached.map(({ program, args }) => [program, ...args])).toEqual([
    ['terraform', `-chdir=${folder}`, 'init', '-input=false'],
    ['terraform', `-chdir=${folder}`, 'plan', '-input=false', '-out=/private/plan'],
    ['terraform', `-chdir=${folder}`, 'apply', '-input=false', '/private/plan'],
  ]);
});

test.each(['TF_DATA_DIR', 'TF_WORKSPACE', 'VAULT_NAMESPACE', 'VAULT_SKIP_VERIFY'])(
  'takes %s away, which would lead Terraform elsewhere',
  async (variable) => {
    const machine = new FakeMachine();
    await access(machine, { TF_VAR_key: 'v' }).plan('/private/plan');
    for (const { variables } of machine.attached) {
      expect(Object.hasOwn(variables, variable)).toBe(true);
      expect(variables).toMatchObject({ [variable]: undefined, TF_VAR_key: 'v' });
    }
  },
);

describe('providers', () => {
  const locked = (version: string) =>
    `# Of Terraform\n\nprovider "registry.terraform.io/hashicorp/vault" {\n  version     = "${version}"\n  constraints = "${version}"\n}\n`;
  const declared = shop.stacks.access.providerVersions['hashicorp/vault'] ?? '';

  test.each([
    ['were not locked yet', undefined, []],
    ['are those that were locked', declared, []],
    ['are others than those that were locked', '1.0.0', ['-upgrade']],
  ])('that %s', async (_, version, expected) => {
    expect(declared).toMatch(/^\d/);
    if (version !== undefined) fs.writeFileSync(lock, locked(version));
    const machine = new FakeMachine();
    await access(machine).plan('/private/plan');
    expect(machine.attached[0]?.args.slice(3)).toEqual(expected);
  });
});

test.each([
  ['init', "'init' of shop-development-access must be possible"],
  ['plan', "'plan' of shop-development-access must be possible"],
])('fails where Terraform cannot %s', async (failing, problem) => {
  const machine = new FakeMachine(READY, {}, () => (machine.attached.at(-1)?.args[1] === failing ? 1 : 0));
  await expect(access(machine).plan('/private/plan')).rejects.toThrow(problem);
});

test('fails where the saved plan cannot be shown, and quotes nothing of it', async () => {
  const machine = new FakeMachine({ 'terraform show': { status: 1, stdout: 'hidden', failure: 'no plan' } });
  await expect(access(machine).show('/private/plan')).rejects.toThrow(
    /^error: 'plan' of shop-development-access must be readable, got 'no plan' from terraform show -json; run the command again$/,
  );
});
