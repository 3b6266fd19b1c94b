import { OperatorPasswords } from '../../operations/operator-passwords';
import { DESCRIPTION, problemsOf, scene } from './vault-fakes';

const TTL = { token_ttl: '1h', token_max_ttl: '8h' };

test('knows who has one', () => {
  const operator_access = [
    { type: 'userpass', path: 'userpass', users: ['ann', 'ben'], ...TTL },
    {
      type: 'jwt',
      path: 'jwt',
      config: {},
      role: 'operator',
      bound_audiences: ['vault'],
      bound_claims: {},
      user_claim: 'sub',
      ...TTL,
    },
  ] as const;
  expect(OperatorPasswords.usersOf({ ...DESCRIPTION, operator_access })).toEqual(['ann', 'ben']);
});

test('asks twice for each, and only once in a lifetime', async () => {
  const { outside, input, said } = scene({ isTerminal: true, typed: ['', 'one', 'other', 'one', 'one'] });
  const passwords = new OperatorPasswords(outside);
  await passwords.collect(['ann']);
  expect(await passwords.of('ann')).toBe('one');
  expect(said).toEqual(['the password must not be empty', 'these are two different ones']);
  expect(input.asked).toEqual([
    'new password of operator ann, which is not shown',
    'new password of operator ann, which is not shown',
    'once more',
    'new password of operator ann, which is not shown',
    'once more',
  ]);
});

test('takes them from variables, before anybody is asked', async () => {
  const { outside, input } = scene({
    isTerminal: true,
    variables: { VAULT_OPERATOR_PASSWORD_ANN_B_C: 'from a variable' },
  });
  expect(await new OperatorPasswords(outside).of('ann.b-c')).toBe('from a variable');
  expect(input.asked).toEqual([]);
});

test('fails with all that is missing where nobody can be asked', async () => {
  const { outside } = scene({ variables: { VAULT_OPERATOR_PASSWORD_ANN: '' } });
  expect((await problemsOf(new OperatorPasswords(outside).collect(['ann', 'ben']))).problems).toEqual([
    "'VAULT_OPERATOR_PASSWORD_ANN' must be set for operator ann to have a password, got nothing; set it, or run this on a terminal",
    "'VAULT_OPERATOR_PASSWORD_BEN' must be set for operator ben to have a password, got nothing; set it, or run this on a terminal",
  ]);
});

test.each([
  ['the first question', []],
  ['the second question', ['one']],
])('fails at the end of the input, at %s', async (_when, typed) => {
  const { outside } = scene({ isTerminal: true, typed: [...typed, () => undefined] });
  expect(await problemsOf(new OperatorPasswords(outside).of('ann'))).toEqual({
    problems: ["'password' of operator ann must be given, got the end of the input; nothing was changed"],
    exitCode: 130,
  });
});
