import * as fs from 'node:fs';
import * as path from 'node:path';
import { Environments } from '../../operations/environments';
import { synthesizedProject, temporaryFolder } from './fakes';

test('knows what the synth wrote', () => {
  const environments = new Environments(path.join(synthesizedProject(), 'cdktf.out'));
  expect(environments.names).toEqual(['bakery-development', 'shop-development']);
  expect(environments.get('bakery-development').stackNames).toEqual([
    'bakery-development-vault',
    'bakery-development-access',
    'bakery-development-services',
  ]);
  const { vault, services } = environments.get('shop-development').stacks;
  expect(vault.ports.map(({ port }) => port)).toEqual([8200]);
  expect(services.ports.map(({ port }) => port)).toEqual([8080]);
});

test('a stack that belongs to no platform is no environment', () => {
  const folder = temporaryFolder();
  const stacks = { 'remote-access': { workingDirectory: 'stacks/remote-access' } };
  fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ stacks }));
  expect(new Environments(folder).names).toEqual([]);
});
