import { applyGrants, type Grants } from '../../constructs/grants';
import { testPlatform } from '../helper';

function paths(grants: (secret: NonNullable<Grants['reads']>) => Grants): string[] {
  const platform = testPlatform();
  const apps = platform.addMount('apps');
  const identity = platform.addPolicy('billing', {});
  applyGrants(identity, grants([apps.addRuntimeSecret('x')]));
  return [...identity.policyText().matchAll(/path "(.*)" \{\n {2}capabilities = \[(.*)\]/g)].map(
    ([, path, capabilities]) => `${path} ${capabilities?.replaceAll('"', '')}`,
  );
}

test.each<[keyof Grants, string[]]>([
  ['reads', ['apps/data/x read']],
  ['writes', ['apps/data/x create, update']],
  ['rotates', ['apps/data/x update']],
  ['lists', ['apps/metadata/x list']],
  ['inspects', ['apps/metadata/x read']],
  ['deletes', ['apps/data/x delete', 'apps/delete/x update', 'apps/undelete/x update']],
  ['destroys', ['apps/destroy/x update', 'apps/metadata/x delete']],
])('%s gives the paths of its verb', (field, expected) => {
  expect(paths((secret) => ({ [field]: secret }))).toEqual(expected);
});

test('manages gives all of them', () => {
  expect(paths((manages) => ({ manages }))).toEqual([
    'apps/data/x create, read, update, delete',
    'apps/metadata/x read, delete, list',
    'apps/delete/x update',
    'apps/undelete/x update',
    'apps/destroy/x update',
  ]);
});

test('allows gives rules outside of KV as they are', () => {
  const rule = { path: 'sys/health', capabilities: ['read'], reason: 'watches' } as const;
  expect(paths(() => ({ allows: [rule] }))).toEqual(['sys/health read']);
});
