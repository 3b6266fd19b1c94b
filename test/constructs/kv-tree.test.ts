import { testPlatform } from '../helper';

const apps = testPlatform().addMount('apps');

test.each([
  [apps.tree('platform'), 'platform/*'],
  [apps.tree('tenants/+/api-keys'), 'tenants/+/api-keys/*'],
  [apps.everything(), '*'],
])('a tree ends in its own wildcard: %#', (tree, pattern) => {
  expect(tree.pattern).toBe(pattern);
  expect(tree.rules('read', 'billing')).toEqual([
    { path: `apps/data/${pattern}`, capabilities: ['read'], reason: `billing may read ${pattern}` },
  ]);
});

test('a description stands in the comment of the rule', () => {
  const tree = apps.tree('platform', 'all secrets of the platform');
  expect(tree.rules('list', 'billing')).toEqual([
    {
      path: 'apps/metadata/platform/*',
      capabilities: ['list'],
      reason: 'billing may list platform/*: all secrets of the platform',
    },
  ]);
});

test.each([
  [
    'tenants/*',
    "must not contain '*', which is added at the end by itself, got 'tenants/*'; write it as 'tenants'; use '+' for one segment",
  ],
  [
    'data/tenants',
    "must not start with 'data/', which belongs to the KV v2 API and is added where it is needed, got 'data/tenants'; write it as 'tenants'",
  ],
  ['tenants/', "must not start or end with '/', which Vault strips, got 'tenants/'; write it as 'tenants'"],
  ['', "must not be empty, got ''; write it as 'tenants/+/api-keys'"],
])('fails on the prefix %j', (prefix, expected) => {
  expect(() => apps.tree(prefix)).toThrow(new Error(`[shop-development-access/apps] 'prefix' ${expected}`));
});
