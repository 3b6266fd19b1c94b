import { Testing } from 'cdktf';
import type { Environment } from '../../constructs/environment';
import { SecretFile } from '../../constructs/secret-file';
import { SecretValue } from '../../constructs/secret-value';
import { STAGING, synth, testApp, testPlatform } from '../helper';

/** A platform with one of everything that could make stacks refer to each other. */
function shop(environment: Environment) {
  const platform = testPlatform(testApp(), { environment });
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
    user: '1000:1000',
    reads: [database, mail],
    needs: [db],
  });
  return platform;
}

const DEVELOPMENT = testPlatform().environment;

describe.each([DEVELOPMENT, STAGING])('in $name', (environment) => {
  const { name } = environment;
  const { stacks } = shop(environment);
  const [, access] = stacks;

  test('there are three stacks, named after platform, environment and what they hold', () => {
    expect(stacks.map(({ node }) => node.path)).toEqual([
      `shop-${name}-vault`,
      `shop-${name}-access`,
      `shop-${name}-services`,
    ]);
  });

  test('they are deployed in that order', () => {
    expect(stacks.map(({ dependencies }) => dependencies.map(({ node }) => node.id))).toEqual([
      [],
      [`shop-${name}-vault`],
      [`shop-${name}-access`],
    ]);
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
      for (const [, type = '', address = ''] of references) {
        if (type === 'vault_generic_secret') continue;
        expect([type, address, address in (synthesized.resource[type] ?? {})]).toEqual([type, address, true]);
      }
    }
  });

  test('each keeps a state of its own', () => {
    for (const stack of stacks) {
      const { id } = stack.node;
      expect(synth(stack).terraform).toMatchObject({
        backend: environment.isDevelopment
          ? { local: { path: `../../../terraform.${id}.tfstate` } }
          : { pg: { schema_name: id } },
        required_version: '>= 1.11',
      });
    }
  });

  test('a root token is in no resource but the development server that begins with it', () => {
    const holding = stacks.flatMap((stack) =>
      Object.entries(synth(stack).resource)
        .filter(([, instances]) => JSON.stringify(instances).includes('root-token'))
        .map(([type]) => `${stack.node.id} ${type}`),
    );
    expect(holding).toEqual(environment.isDevelopment ? ['shop-development-vault docker_container'] : []);
  });
});
