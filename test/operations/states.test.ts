import * as fs from 'node:fs';
import { Environments } from '../../operations/environments';
import { readStates } from '../../operations/states';
import { FakeMachine, synthesizedProject, writeState } from './fakes';

const before = process.cwd();
beforeEach(() => process.chdir(synthesizedProject()));
afterEach(() => process.chdir(before));
const shop = () => new Environments('cdktf.out').get('shop-development');

test('reads each state of an environment', async () => {
  writeState('.', 'access', { outputs: { supplied_versions: { value: { 'apps/mail': 7 } } } });
  writeState('.', 'services', { resources: [{ mode: 'managed', type: 'vault_token' }] });
  expect(await readStates(shop(), new FakeMachine())).toMatchObject({
    states: {
      vault: { suppliedVersions: {}, holdsVaultObjects: false },
      access: { suppliedVersions: { 'apps/mail': 7 }, holdsVaultObjects: false },
      services: { suppliedVersions: {}, holdsVaultObjects: true },
    },
  });
});

test('says why it cannot', async () => {
  fs.writeFileSync('terraform.shop-development-services.tfstate', 'hvs.hidden');
  expect(await readStates(shop(), new FakeMachine())).toEqual({
    problem:
      "'state' must be readable JSON, got 'terraform.shop-development-services.tfstate', which is not; restore it from its .backup",
  });
});
