import { loadPolicyParser } from '../../../policies/policy-text';
import { slashInTemplate } from '../../../review/rules/vlt015-slash-in-template';
import { path, seen } from '../declared-environment';

beforeAll(loadPolicyParser);

const own = path('kv/data/people/{{identity.entity.name}}/*', 'read');

test.each([
  'identity.entity.name',
  'identity.entity.metadata.team',
  'identity.entity.aliases.auth_userpass_1234.name',
  'identity.groups.ids.abcd.name',
])('a path with %s is found', (template) => {
  expect(seen(slashInTemplate, { policies: { a: path(`kv/data/{{ ${template} }}/*`, 'read') } })).toEqual([
    `vault_policy.a: path "kv/data/{{ ${template} }}/*" of policy a, line 1 has ${template} in it, which may have a '/', for role 'a'`,
  ]);
});

const server = (content: string) => ({
  docker_container: { vault: { upload: [{ file: '/vault.json', content }] } },
});

test.each([
  ['{"deny_slash_in_templated_paths": true}', 0],
  ['deny_slash_in_templated_paths = true', 0],
  ['deny_slash_in_templated_paths = "true"', 0],
  ['deny_slash_in_templated_paths = false', 1],
  ['ui = true', 1],
])('a server with %s leaves %i', (content, count) => {
  expect(seen(slashInTemplate, { policies: { a: own }, resource: server(content) })).toHaveLength(count);
});

test.each([
  ['vault', 1],
  ['openbao-2.5', 1],
  ['openbao', 0],
] as const)('%s leaves %i', (dialect, count) => {
  expect(seen(slashInTemplate, { policies: { a: own }, dialect })).toHaveLength(count);
});

test.each([
  ['it is an id', path('kv/data/{{identity.entity.id}}/*', 'read')],
  ['it is the id of an alias', path('kv/data/{{identity.entity.aliases.auth_x.id}}/*', 'read')],
  ['it is denied', path('kv/data/{{identity.entity.name}}/*', 'deny')],
  ['there is no template', path('kv/data/*', 'read')],
])('nothing is found where %s', (_, text) => {
  expect(seen(slashInTemplate, { policies: { a: text } })).toEqual([]);
});
