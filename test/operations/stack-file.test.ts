import * as fs from 'node:fs';
import * as path from 'node:path';
import { OperationError } from '../../operations/operation-error';
import { StackFile } from '../../operations/stack-file';
import { stackFolder, synthesizedProject, temporaryFolder, writeState } from './fakes';

const project = synthesizedProject();
const stack = (name: string) => new StackFile(stackFolder(project, name));

test('reads the ports with the labels of their environment', () => {
  expect(stack('services').ports).toEqual([
    { ip: '127.0.0.1', port: 8080, containerName: 'web', platform: 'shop', environment: 'development' },
  ]);
  expect(stack('access').ports).toEqual([]);
});

test('reads how Terraform reaches the server', () => {
  expect(stack('access').vault).toEqual({ address: 'http://127.0.0.1:8200', token: 'shop-dev-root-token' });
  expect(stack('vault').vault).toBeUndefined();
});

test('reads the description of the server where a stack has one', () => {
  const folder = temporaryFolder();
  const vault = { mode: 'configured', addresses: ['https://127.0.0.1:8200'] };
  fs.writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify({ locals: { vault } }));
  expect(new StackFile(folder).vaultDescription).toEqual(vault);
  expect(stack('services').vaultDescription).toBeUndefined();
});

test('reads which secrets wait for which variables', () => {
  const byPath = [...stack('access').suppliedSecrets].sort((a, b) => a.path.localeCompare(b.path));
  expect(byPath).toEqual([
    {
      mount: 'apps',
      path: 'legacy',
      version: expect.any(Number),
      variables: [
        {
          environmentVariable: 'TF_VAR_apps_legacy',
          description: 'All keys of apps/legacy, as a JSON object',
          isObject: true,
        },
      ],
    },
    {
      mount: 'apps',
      path: 'mail',
      version: expect.any(Number),
      variables: [
        { environmentVariable: 'TF_VAR_apps_mail_key', description: 'Key key of apps/mail', isObject: false },
      ],
    },
  ]);
});

test('reads from the local state what was written', () => {
  const [secret] = stack('access').suppliedSecrets;
  if (!secret) throw new Error('the shop has supplied secrets');
  expect(stack('access').writtenVersion(secret)).toBeUndefined();
  const value = { [`${secret.mount}/${secret.path}`]: 7 };
  writeState(project, 'access', { outputs: { supplied_versions: { value } } });
  expect(stack('access').writtenVersion(secret)).toBe(7);
});

test.each([
  [{ mode: 'managed', type: 'vault_token' }, true],
  [{ mode: 'data', type: 'vault_generic_secret' }, false],
  [{ mode: 'managed', type: 'docker_container' }, false],
])('of a state with %j it is %s that it holds objects of the server', (resource, holds) => {
  writeState(project, 'services', { resources: [resource] });
  expect(stack('services').holdsVaultObjects).toBe(holds);
});

test('fails on a state that is no JSON, without repeating it', () => {
  const file = 'terraform.shop-development-services.tfstate';
  fs.writeFileSync(path.resolve(stackFolder(project, 'services'), '../../..', file), 'hvs.hunter2');
  expect(() => stack('services').holdsVaultObjects).toThrow(
    new OperationError([
      `'state' must be readable JSON, got '${file}', which is not; restore it from its .backup`,
    ]),
  );
});
