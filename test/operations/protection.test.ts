import { Environments } from '../../operations/environments';
import { protectionProblem } from '../../operations/protection';
import { serverProject } from './server-project';

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
