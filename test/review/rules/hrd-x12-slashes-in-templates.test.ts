import { loadPolicyParser } from '../../../policies/policy-text';
import { slashesInTemplates } from '../../../review/rules/hrd-x12-slashes-in-templates';
import { configured, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

const onOpenBao = {
  image: 'openbao/openbao:2.6.0',
  volumes: [{ container_path: '/openbao/config', volume_name: 'config', read_only: true }],
};

test.each(['deny_slash_in_templated_paths = false', 'ui = true'])('%s is found', (line) => {
  expect(
    seenOf(slashesInTemplates, { configuration: configured('deny_slash_in_templated_paths = 0', line) }),
  ).toEqual([
    "docker_container.server: 'deny_slash_in_templated_paths' is not true: a name may reach other paths than its own",
  ]);
});

test('OpenBao is found where it is told to take them', () => {
  const configuration = configured('allow_slashes_in_identity_templates = true');
  expect(seenOf(slashesInTemplates, { container: onOpenBao, configuration })).toEqual([
    "docker_container.server: 'allow_slashes_in_identity_templates' is true",
  ]);
});

test('nothing is found where slashes are refused', () => {
  expect(
    seenOf(slashesInTemplates, { configuration: configured('deny_slash_in_templated_paths = "true"') }),
  ).toEqual([]);
  expect(seenOf(slashesInTemplates, { container: onOpenBao, configuration: 'ui = true' })).toEqual([]);
});
