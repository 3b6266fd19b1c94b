import { SecretValue } from '../../constructs/secret-value';

test.each([
  ['generated', SecretValue.generated(), { kind: 'generated', length: 32, special: false }],
  [
    'generated as asked for',
    SecretValue.generated({ length: 64, special: true }),
    { kind: 'generated', length: 64, special: true },
  ],
  ['supplied', SecretValue.supplied(), { kind: 'supplied' }],
  ['public', SecretValue.publicConstant('1h'), { kind: 'constant', value: '1h' }],
])('a value that is %s says where it comes from', (_, { source }, expected) => {
  expect(source).toEqual(expected);
});

test('does not compile with a literal for a value that must stay hidden', () => {
  // @ts-expect-error: no factory takes it
  expect(SecretValue.supplied('hunter2').source).toEqual({ kind: 'supplied' });
});
