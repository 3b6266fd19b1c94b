import { Environments } from '../../operations/environments';
import { NEVER_DEPLOYED, type StateObject } from '../../operations/last-deploy';
import { operatorStacks } from '../../operations/operator-stacks';
import { operatorPolicy, requiredCapabilities } from '../../policies/operator-rules';
import { put, serverProject } from './server-project';

const before = process.cwd();
beforeEach(async () => process.chdir(await serverProject()));
afterEach(() => process.chdir(before));
const mill = () => new Environments('cdktf.out').get('mill-staging');

function capabilities(objects: readonly StateObject[], path: string) {
  const states = { vault: NEVER_DEPLOYED, access: { ...NEVER_DEPLOYED, objects }, services: NEVER_DEPLOYED };
  return requiredCapabilities(operatorStacks(mill(), states)).find((one) => one.path === path)?.capabilities;
}

const OLD_POLICY = { type: 'vault_policy', name: 'old_1', attributes: { name: 'mill-old' } };
const OLD_SECRET = {
  type: 'vault_kv_secret_v2',
  name: 'old_1',
  attributes: { mount: 'apps', name: 'old', disable_read: true, delete_all_versions: true },
};

test('without states it is what is declared', () => {
  const { vault, access, services } = mill().stacks;
  expect(operatorStacks(mill())).toEqual([vault.terraform, access.terraform, services.terraform]);
});

test('what an earlier declaration left can be asked for and taken away', () => {
  expect(capabilities([], 'sys/policies/acl/mill-old')).toBeUndefined();
  expect(capabilities([OLD_POLICY], 'sys/policies/acl/mill-old')).toEqual(['read', 'update', 'delete']);
});

test('data that is declared no longer cannot be destroyed before that is allowed', () => {
  expect(capabilities([OLD_SECRET], 'apps/metadata/old')).toBeUndefined();
  put('cdktf.json', JSON.stringify({ context: { 'mill-staging': { allowDestroy: true } } }));
  expect(capabilities([OLD_SECRET], 'apps/metadata/old')).toEqual(['delete']);
});

test('what was deployed as it is declared changes nothing', () => {
  const { access, services } = mill().stacks;
  const objectsOf = ({ terraform }: typeof access) =>
    Object.entries(terraform.resource ?? {}).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([name, attributes]) => ({ type, name, attributes: literal(attributes) })),
    );
  const states = {
    vault: NEVER_DEPLOYED,
    access: { ...NEVER_DEPLOYED, objects: objectsOf(access) },
    services: { ...NEVER_DEPLOYED, objects: objectsOf(services) },
  };
  const now = operatorPolicy(operatorStacks(mill())).render();
  expect(operatorPolicy(operatorStacks(mill(), states)).render()).toBe(now);
});

/** A state has values where a stack has references; of these it leaves out what is no name. */
function literal(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { '//': _, lifecycle: __, role_id: ___, ...rest } = attributes;
  return JSON.parse(JSON.stringify(rest).replaceAll(/\$\{vault_auth_backend\.[^}]*\}/g, 'approle'));
}

test('what is of a type that is not known any more is left to the policy of before', () => {
  const unknown = { type: 'vault_rabbitmq_secret_backend', name: 'old', attributes: { path: 'mq' } };
  const readable = {
    ...OLD_SECRET,
    name: 'old_2',
    attributes: { ...OLD_SECRET.attributes, disable_read: false },
  };
  const volume = { type: 'docker_volume', name: 'old', attributes: { name: 'old' } };
  expect(capabilities([unknown, readable, volume, OLD_POLICY], 'sys/policies/acl/mill-old')).toBeDefined();
});
