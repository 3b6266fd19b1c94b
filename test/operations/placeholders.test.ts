import { placeholders } from '../../operations/placeholders';

const of = (environmentVariable: string, isObject: boolean) => ({
  environmentVariable,
  isObject,
  description: 'a key',
  secret: 'apps/mail',
});

test('there is one for each missing value, in the form that its secret has', () => {
  const variables = placeholders([of('TF_VAR_one', false), of('TF_VAR_all', true)]);
  expect(Object.keys(variables)).toEqual(['TF_VAR_one', 'TF_VAR_all']);
  expect(variables.TF_VAR_one).not.toBe('');
  const object = JSON.parse(variables.TF_VAR_all ?? '') as Record<string, unknown>;
  expect(Object.values(object)).toEqual([expect.any(String)]);
});

test('there is none where nothing is missing', () => {
  expect(placeholders([])).toEqual({});
});
