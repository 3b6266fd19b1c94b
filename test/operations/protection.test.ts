import { Environments } from '../../operations/environments';
import { NEVER_DEPLOYED, type StateObject } from '../../operations/last-deploy';
import { isProtected, protectionProblem, removalProblem } from '../../operations/protection';
import { put, serverProject } from './server-project';

const before = process.cwd();
afterEach(() => process.chdir(before));

async function problem(name: string, context: Record<string, unknown> = {}) {
  process.chdir(await serverProject(context));
  return protectionProblem(new Environments('cdktf.out').get(name));
}

test('fails outside development, and counts what is protected', async () => {
  expect(await problem('mill-staging')).toBe(
    `'allowDestroy' of mill-staging must be true to destroy it, got protection for 6 volumes, 1 mount and 1 secret; write "allowDestroy": true to context.mill-staging of cdktf.json and run export VAULT_TOKEN=$(npm run --silent vault -- operator mill-staging), since its policy does not allow it either`,
  );
});

test('fails for somebody else’s server, of which mounts and secrets are protected', async () => {
  expect(await problem('quarry-production')).toBe(
    `'allowDestroy' of quarry-production must be true to destroy it, got protection for 1 mount and 1 secret; write "allowDestroy": true to context.quarry-production of cdktf.json and have the policy written anew that npm run vault -- policy quarry-production then prints`,
  );
});

test('nothing is protected in development', async () => {
  expect(await problem('forge-development')).toBeUndefined();
});

test('nothing is protected where cdktf.json says so', async () => {
  expect(await problem('mill-staging', { 'mill-staging': { allowDestroy: true } })).toBeUndefined();
});

describe('data that is declared no longer', () => {
  const object = (type: string, name: string, attributes: object): StateObject => ({
    type,
    name,
    attributes: { ...attributes },
  });
  const MOUNT = object('vault_mount', 'old_1', { path: 'old' });
  const SECRET = object('vault_kv_secret_v2', 'apps_old_1', { mount: 'apps', name: 'old/key' });
  const VOLUME = object('docker_volume', 'old_1', { name: 'mill-vault-4-data' });
  const POLICY = object('vault_policy', 'old_1', { name: 'mill-old' });

  async function removal(
    given: { vault?: StateObject[]; access?: StateObject[] },
    name = 'mill-staging',
    context = {},
  ) {
    process.chdir(await serverProject(context));
    put('cdktf.json', JSON.stringify({ context }));
    const states = {
      vault: { ...NEVER_DEPLOYED, objects: given.vault ?? [] },
      access: { ...NEVER_DEPLOYED, objects: given.access ?? [] },
      services: NEVER_DEPLOYED,
    };
    return removalProblem(new Environments('cdktf.out').get(name), states);
  }

  test('fails with one', async () => {
    expect(await removal({ access: [SECRET] })).toBe(
      `'allowDestroy' of mill-staging must be true to lose data, got secret 'apps/old/key' declared no longer; declare it again, or write "allowDestroy": true to context.mill-staging of cdktf.json and run export VAULT_TOKEN=$(npm run --silent vault -- operator mill-staging), since its policy does not allow it either`,
    );
  });

  test('fails with several, and names all', async () => {
    expect(await removal({ vault: [VOLUME], access: [MOUNT, SECRET] })).toContain(
      "got volume 'mill-vault-4-data', mount 'old' and secret 'apps/old/key' declared no longer; declare them again, or ",
    );
  });

  test('fails with what is declared in another stack', async () => {
    const { stacks } = new Environments(`${await serverProject()}/cdktf.out`).get('mill-staging');
    const [mount = ''] = Object.keys(stacks.access.terraform.resource?.vault_mount ?? {});
    expect(mount).not.toBe('');
    const declared = object('vault_mount', mount, { path: 'apps' });
    expect(await removal({ access: [declared] })).toBeUndefined();
    expect(await removal({ vault: [declared] })).toContain("got mount 'apps' declared no longer");
  });

  test('a policy is no data', async () => {
    expect(await removal({ access: [POLICY] })).toBeUndefined();
  });

  test('may go where cdktf.json says so, and in development', async () => {
    const context = { 'mill-staging': { allowDestroy: true } };
    expect(await removal({ access: [SECRET] }, 'mill-staging', context)).toBeUndefined();
    expect(await removal({ access: [SECRET] }, 'forge-development')).toBeUndefined();
  });
});

test.each([
  ['mill-staging', undefined, true],
  ['mill-staging', {}, true],
  ['mill-staging', { 'mill-staging': { allowDestroy: false } }, true],
  ['mill-staging', { 'tower-staging': { allowDestroy: true } }, true],
  ['mill-staging', { 'mill-staging': { allowDestroy: true } }, false],
  ['forge-development', undefined, false],
])('of %s with the context %j it is protected: %s', async (name, context, expected) => {
  process.chdir(await serverProject());
  if (context) put('cdktf.json', JSON.stringify({ context }));
  expect(isProtected(new Environments('cdktf.out').get(name))).toBe(expected);
});
