import * as fs from 'node:fs';
import * as path from 'node:path';
import { StackFile } from '../../operations/stack-file';
import { stackFolder, synthesizedProject, temporaryFolder } from './fakes';

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

test('reads which versions of providers are declared', () => {
  expect(stack('access').providerVersions).toMatchObject({ 'hashicorp/vault': expect.stringMatching(/^\d/) });
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

test('reads the networks with the labels of their environment', () => {
  expect(stack('vault').networks).toEqual([
    { networkName: 'shop-network', platform: 'shop', environment: 'development', subnets: [] },
  ]);
  expect(
    stackWith({ resource: { docker_network: { n: { name: 'n', ipam_config: [{ subnet: '10.0.0.0/8' }] } } } })
      .networks,
  ).toEqual([{ networkName: 'n', platform: '', environment: '', subnets: ['10.0.0.0/8'] }]);
});

test('reads which files of the project Terraform uploads, each once, with what it would say without them', () => {
  const upload = [
    { content: 'no file' },
    { source: '../../../seals/shop/token' },
    { source: '../../../other' },
  ];
  const lifecycle = {
    precondition: [
      {
        error_message: "[a/b] 'seals/shop/token' must be there, got no such file; put it there; then go on.",
      },
    ],
  };
  const { folder } = stackWith({
    resource: { docker_container: { a: { upload, lifecycle }, b: { upload: [upload[2]] }, c: {} } },
  });
  const before = process.cwd();
  process.chdir(path.resolve(folder, '../../..'));
  try {
    expect(new StackFile(path.relative('.', folder)).uploadedFiles).toEqual([
      { file: 'seals/shop/token', remedy: 'put it there; then go on' },
      { file: 'other', remedy: 'put it there' },
    ]);
  } finally {
    process.chdir(before);
  }
});

test('counts what Terraform refuses to destroy', () => {
  const kept = { lifecycle: { prevent_destroy: true } };
  const resource = {
    docker_volume: { a: kept, b: kept, c: { lifecycle: { prevent_destroy: false } } },
    vault_mount: { a: kept },
    vault_policy: { a: {}, b: { lifecycle: {} } },
  };
  expect(stackWith({ resource }).protectedResources).toEqual({ docker_volume: 2, vault_mount: 1 });
  expect(stackWith({}).protectedResources).toEqual({});
});

function stackWith(json: object): StackFile {
  const folder = path.join(temporaryFolder(), 'cdktf.out', 'stacks', 'one');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify(json));
  return new StackFile(folder);
}
