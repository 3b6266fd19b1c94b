import { commonName, named } from '../../access/identity-names';
import { AccessList } from '../../policies/access-list';
import { DIALECTS } from '../../policies/dialect';

function identity(
  fullName: string,
  more: { mount?: string; kind?: 'role' | 'policy'; address?: string } = {},
) {
  const accessList = AccessList.nothing(DIALECTS.vault);
  return { kind: 'role' as const, fullName, address: `a.${fullName}`, policies: [], accessList, ...more };
}

test.each([
  ['bizosaas-django-crm', 'bizosaas-production', 'django-crm'],
  ['bizosaas', 'bizosaas-production', 'bizosaas'],
  ['config-service', 'config-service-production', 'config-service'],
  ['config-service-web', 'config-service-production', 'web'],
  ['billing', 'bizosaas-production', 'billing'],
  ['biz-billing', 'bizosaas-production', 'biz-billing'],
])('%s in %s is %s', (fullName, environment, expected) => {
  expect(named([identity(fullName)], environment).map(({ name }) => name)).toEqual([expected]);
});

test('two that would be called the same keep their full names', () => {
  const names = named([identity('shop-store'), identity('store'), identity('shop-web')], 'shop-staging');
  expect(names.map(({ name, fullName }) => [name, fullName])).toEqual([
    ['shop-store', 'shop-store'],
    ['store', 'store'],
    ['web', 'shop-web'],
  ]);
});

test('nobody gets a name that another one has already', () => {
  const names = named(
    [identity('shop-shop-b'), identity('shop-b', { mount: 'jwt' }), identity('b')],
    'shop-staging',
  );
  expect(names.map(({ name, fullName }) => [name, fullName])).toEqual([
    ['b', 'b'],
    ['shop-b', 'shop-shop-b'],
    ['shop-b@jwt', 'shop-b'],
  ]);
});

test('two of the same full name get that of their auth method, or what they are', () => {
  const names = named(
    [
      identity('ci', { mount: 'jwt' }),
      identity('ci', { mount: 'team/jwt', address: 'b' }),
      identity('ci', { kind: 'policy', address: 'c' }),
    ],
    'shop',
  );
  expect(names.map(({ name }) => name)).toEqual(['ci@jwt', 'ci@policy', 'ci@team.jwt']);
});

test('two of the same auth method get their addresses', () => {
  const names = named(
    [identity('ci', { mount: 'jwt', address: 'x' }), identity('ci', { mount: 'jwt', address: 'y' })],
    's',
  );
  expect(names.map(({ name }) => name)).toEqual(['x', 'y']);
});

test('what is only needed to name them is not kept', () => {
  expect(Object.keys(named([identity('ci', { mount: 'jwt' })], 's')[0] as object)).not.toContain('mount');
});

test.each([
  [['shop-production-vault', 'shop-production-access', 'shop-production-services'], 'shop-production'],
  [['shop'], 'shop'],
  [['shop-prod', 'shop-prod-more'], 'shop-prod'],
  [['shopping', 'shop'], 'shopping'],
  [['vault', 'policies'], 'vault'],
])('the name of %j is %s', (names, expected) => {
  expect(commonName(names)).toBe(expected);
});
