import * as fs from 'node:fs';
import * as path from 'node:path';
import { Environments } from '../../operations/environments';
import { withPlans } from '../../operations/planned-stacks';
import { type Changes, FakeTerraform, planJson } from './fake-terraform';
import { synthesizedProject } from './fakes';

const shop = new Environments(path.join(synthesizedProject(), 'cdktf.out')).get('shop-development');
const CREATE: Changes = { 'vault_policy.web': 'create' };
const UPDATE: Changes = { 'vault_policy.web': 'update' };

test('a plan says what it does, and an apply does what was planned then', async () => {
  const machine = new FakeTerraform({ changes: { access: CREATE } });
  await withPlans(shop, machine, async (plans) => {
    const [access] = await plans.make(['access'], {});
    expect(access).toMatchObject({
      part: 'access',
      name: 'shop-development-access',
      json: planJson(CREATE),
      summary: '1 to create',
    });
    machine.changes.access = UPDATE;
    await plans.make(['access'], {});
    expect(await access?.apply()).toBe(0);
  });
  expect(machine.applied).toEqual([{ part: 'access', plan: planJson(CREATE) }]);
});

test('one stack is planned after another, each with the values that it needs', async () => {
  const machine = new FakeTerraform();
  await withPlans(shop, machine, (plans) => plans.make(['vault', 'access'], { TF_VAR_key: 'v' }));
  expect(machine.ran).toEqual([
    'init vault',
    'plan vault',
    'show vault',
    'init access',
    'plan access',
    'show access',
  ]);
  expect(machine.given.map(({ TF_VAR_key }) => TF_VAR_key)).toEqual([undefined, undefined, 'v', 'v']);
});

test('saved plans are gone when the work ends, and when it fails', async () => {
  const machine = new FakeTerraform();
  const failing = withPlans(shop, machine, async (plans) => {
    await plans.make(['vault'], {});
    expect([...machine.folders.keys()].every((folder) => fs.existsSync(folder))).toBe(true);
    throw new Error('of the work');
  });
  await expect(failing).rejects.toThrow('of the work');
  expect([...machine.folders.values()]).toEqual(['700']);
  expect([...machine.folders.keys()].some((folder) => fs.existsSync(folder))).toBe(false);
});

test('fails where a plan cannot be read, and quotes nothing of it', async () => {
  const machine = new FakeTerraform();
  jest.spyOn(machine, 'capture').mockResolvedValue({ status: 0, stdout: '{"hidden', failure: '' });
  const work = withPlans(shop, machine, (plans) => plans.make(['vault'], {}));
  await expect(work).rejects.toThrow(/^error: plan of 'shop-development-vault': (?!.*hidden)/s);
});
