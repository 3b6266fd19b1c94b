import { terraformName } from '../../constructs/terraform-name';
import { testPlatform } from '../helper';

const [vault, access] = testPlatform().stacks;

test.each([
  ['apps/platform/database/password', 'apps_platform_database_password'],
  ['1st/key', '_1st_key'],
  ['a--b//c', 'a_b_c'],
  ['Apps/Key', 'Apps_Key'],
])('%s becomes %s', (address, name) => {
  expect(terraformName(vault, address)).toBe(name);
});

test('one address keeps its name', () => {
  expect([terraformName(vault, 'x/y'), terraformName(vault, 'x/y')]).toEqual(['x_y', 'x_y']);
});

test('two stacks may use one name', () => {
  terraformName(vault, 'other-stack');
  expect(terraformName(access, 'other_stack')).toBe('other_stack');
});

test('fails on two addresses of one name', () => {
  terraformName(vault, 'apps/a-b');
  expect(() => terraformName(vault, 'apps/a_b')).toThrow(
    new Error(
      "[shop-development-vault] 'path' and key must differ from others in more than punctuation, got 'apps/a_b' beside 'apps/a-b'; rename one of them",
    ),
  );
});
