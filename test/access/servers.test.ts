import { LinkedStacks } from '../../access/linked-stacks';
import { sentencesOf } from '../../access/notes';
import { serversOf } from '../../access/servers';
import type { TerraformJson } from '../../policies/terraform-json';

/** Labels of the policies of each server. */
function servers(...stacks: readonly unknown[]): Readonly<Record<string, readonly string[]>> {
  const linked = new LinkedStacks(
    stacks.map((json, i) => ({
      name: `stack-${i}`,
      file: '',
      json: json as TerraformJson,
      dependencies: [],
    })),
  );
  return Object.fromEntries(
    serversOf(linked.all).map(({ suffix, declarations }) => [
      suffix,
      declarations.all('vault_policy').map(({ label }) => label),
    ]),
  );
}

test('stacks of one server are one, whatever they call its address', () => {
  const stack = (address: string, label: string) => ({
    provider: { vault: [{ address }] },
    resource: { vault_policy: { [label]: {} }, docker_container: { c: {} } },
  });
  expect(servers(stack('http://a', 'one'), stack('http://b', 'two'))).toEqual({ '': ['one', 'two'] });
});

test('namespaces are parted, as those of a provider and of a resource come to', () => {
  const stack = {
    provider: {
      vault: [{ address: 'http://a' }, { alias: 'team', address: 'http://a', namespace: 'team/' }],
    },
    locals: { name: 'local' },
    resource: {
      vault_policy: {
        root: {},
        own: { namespace: 'own' },
        team: { provider: 'vault.team' },
        below: { provider: 'vault.team', namespace: '/below/deep' },
        local: { namespace: '${local.name}' },
        late: { namespace: '${var.name}' },
      },
    },
  };
  expect(servers(stack)).toEqual({
    '': ['root'],
    own: ['own'],
    team: ['team'],
    'team.below.deep': ['below'],
    local: ['local'],
    '\u27e8var.name\u27e9': ['late'],
  });
});

test('two servers of one stack are parted by their addresses', () => {
  const stack = {
    provider: { vault: [{ address: 'https://a:8200' }, { alias: 'b', address: 'https://b:8200' }] },
    resource: { vault_policy: { a: {}, b: { provider: 'vault.b' } } },
  };
  expect(servers(stack)).toEqual({ 'a:8200': ['a'], 'b:8200': ['b'] });
});

test('modules and numbers that are not known are said', () => {
  const linked = new LinkedStacks([
    {
      name: 'shop',
      file: '',
      dependencies: [],
      json: {
        module: { teams: { source: './teams' } },
        resource: { vault_policy: { p: { count: '${var.count}' } } },
      },
    },
  ]);
  expect(serversOf(linked.all).flatMap(({ declarations }) => sentencesOf(declarations.notes.all))).toEqual([
    'whether there is vault_policy.p, and how many, is known at an apply only: ${var.count}; it is left out',
    'what module.teams of shop declares is not read; it may give access too',
  ]);
});
