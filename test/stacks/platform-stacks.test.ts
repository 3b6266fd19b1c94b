import { Testing } from 'cdktf';
import { SecretFile } from '../../constructs/secret-file';
import { SecretValue } from '../../constructs/secret-value';
import { synth, testPlatform } from '../helper';

/** A platform with one of everything that could make stacks refer to each other. */
function shop() {
  const platform = testPlatform();
  const apps = platform.addMount('apps');
  const database = apps.addSecret('database', { password: SecretValue.generated() });
  const mail = apps.addSuppliedSecret('mail');
  const db = platform.addBackingService('db', {
    containerName: 'shop-db',
    image: 'postgres:16.4',
    user: '999:999',
    files: [SecretFile.value('password', database.value('password'))],
  });
  platform.addService('billing', {
    containerName: 'shop-billing',
    image: 'shop/billing:1',
    reads: [database, mail],
    needs: [db],
  });
  return platform;
}

const { stacks } = shop();
const [, access] = stacks;

test('there are three stacks, named after platform, environment and what they hold', () => {
  expect(stacks.map(({ node }) => node.path)).toEqual([
    'shop-development-vault',
    'shop-development-access',
    'shop-development-services',
  ]);
});

test('they are deployed in that order', () => {
  expect(stacks.map(({ dependencies }) => dependencies.map(({ node }) => node.id))).toEqual([
    [],
    ['shop-development-vault'],
    ['shop-development-access'],
  ]);
});

test('the root token is in no resource but the server that begins with it', () => {
  const holding = stacks.flatMap((stack) =>
    Object.entries(synth(stack).resource)
      .filter(([, instances]) => JSON.stringify(instances).includes('shop-dev-root-token'))
      .map(([type]) => `${stack.node.id} ${type}`),
  );
  expect(holding).toEqual(['shop-development-vault docker_container']);
});

test.each(stacks)('each keeps a state file of its own in the project: %#', (stack) => {
  const { terraform } = synth(stack);
  expect(terraform).toMatchObject({
    backend: { local: { path: `../../../terraform.${stack.node.id}.tfstate` } },
    required_version: '>= 1.11',
  });
});

test('no stack refers to another, and none offers an output to it', () => {
  for (const stack of stacks) {
    const { output = {}, data = {} } = synth(stack) as { output?: object; data?: object };
    expect(Object.keys(output)).toEqual(stack === access ? ['mount_accessors', 'supplied_versions'] : []);
    const others = stacks.filter((other) => other !== stack).map(({ node }) => node.id);
    for (const other of others) {
      expect(JSON.stringify(data)).not.toContain(other);
      expect(JSON.stringify(synth(stack).resource)).not.toContain(`terraform_remote_state.${other}`);
    }
  }
});

test('every reference of a stack is to something that it holds', () => {
  for (const stack of stacks) {
    const synthesized = synth(stack);
    const text = Testing.synth(stack, true);
    const references = [...text.matchAll(/\b((?:docker|vault)_[a-z0-9_]+)\.([A-Za-z_][\w-]*)/g)];
    for (const [, type = '', name = ''] of references) {
      if (type === 'vault_generic_secret') continue;
      expect([type, name, name in (synthesized.resource[type] ?? {})]).toEqual([type, name, true]);
    }
  }
});
