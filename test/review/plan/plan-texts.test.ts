import { type PlanInstance, PlanModules } from '../../../review/plan/plan-instances';
import { isIdentifier, PlanTexts } from '../../../review/plan/plan-texts';

const { root } = new PlanModules({});

function instance(type: string, values: PlanInstance['values'], kind: PlanInstance['kind'] = 'resource') {
  return { address: `${type}.a`, kind, type, name: 'a', module: root, values, sensitive: {}, unknown: {} };
}

const ID = '4acc87ed-8f9c-c691-a45b-925e582cefc0';
const IMAGE = `sha256:${'9f'.repeat(32)}`;
const texts = new PlanTexts(
  [
    instance('vault_identity_group', { id: ID, name: ID }),
    instance('vault_auth_backend', { id: 'people', accessor: 'auth_userpass_73fce55d' }),
    instance('vault_auth_backend', { accessor: 'auth_userpass_73fce55d' }, 'data'),
    instance('docker_network', { id: '9f'.repeat(32), name: 'a' }),
    instance('docker_image', { image_id: IMAGE, id: `${IMAGE}a` }),
  ],
  ({ kind, address }) => (kind === 'data' ? `data.${address}` : address),
);

test.each([
  ['', ''],
  ['people', 'people'],
  [ID, '${vault_identity_group.a.id}'],
  [`${ID}0`, `${ID}0`],
  [ID.replace('4', '5'), ID.replace('4', '5')],
  [IMAGE, '${docker_image.a.image_id}'],
  ['9f'.repeat(32), '${docker_network.a.id}'],
  [
    '{{aliases.auth_userpass_73fce55d.name}} ${x} auth_userpass_73fce55d',
    '{{aliases.${vault_auth_backend.a.accessor}.name}} $${x} ${vault_auth_backend.a.accessor}',
  ],
  ['my_auth_userpass_73fce55d', 'my_auth_userpass_73fce55d'],
  ['auth_userpass_73fce55d-x', 'auth_userpass_73fce55d-x'],
])('%j is written as %j', (text, expected) => {
  expect(texts.written(text)).toBe(expected);
});

test('where there is no identifier a text stands for itself', () => {
  expect(new PlanTexts([], () => '').written('${a} %{b} $${c} $d {e}')).toBe('$${a} %%{b} $$${c} $d {e}');
});

test.each([
  ['vault_identity_entity', 'id', true],
  ['vault_identity_entity_alias', 'id', false],
  ['vault_policy', 'id', false],
  ['vault_mount', 'accessor', true],
  ['docker_image', 'image_id', true],
  ['docker_container', 'image', false],
  ['docker_network', 'id', true],
])('%s.%s is made up by a server: %s', (type, attribute, expected) => {
  expect(isIdentifier(instance(type, {}), attribute)).toBe(expected);
});
