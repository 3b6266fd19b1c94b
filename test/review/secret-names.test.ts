import { isSecretName } from '../../review/secret-names';

test('a name is judged the same every time', () => {
  expect(['DB_PASSWORD', 'DB_HOST', 'DB_PASSWORD', 'DB_HOST'].map(isSecretName)).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
