import { checkEnvironment } from '../../constructs/checked-environment';
import { testPlatform } from '../helper';

const [stack] = testPlatform().stacks;
const check = (environment: Record<string, string>) =>
  checkEnvironment(stack, environment, 'render it into a file');

test('takes variables that are neither derived nor secret', () => {
  expect(() =>
    check({ LOG_LEVEL: 'info', DB_HOST: 'postgres', DB_PASSWORD_FILE: '/vault/secrets/password' }),
  ).not.toThrow();
});

test.each(['VAULT_ADDR', 'VAULT_TOKEN', 'BAO_TOKEN'])(
  'fails on %s set by hand, without repeating its value',
  (name) => {
    expect(() => check({ [name]: 'hvs.hunter2' })).toThrow(
      new Error(
        `[shop-development-vault] 'environment' must not set variables that are derived from the Vault that the container was given, got '${name}'; leave it out`,
      ),
    );
  },
);

test('fails on a literal secret, without repeating it', () => {
  expect(() => check({ DB_PASSWORD: 'hunter2' })).toThrow(
    new Error(
      "[shop-development-vault] 'environment' must not hold a literal, since 'DB_PASSWORD' names a secret, got a string of 7 characters; render it into a file",
    ),
  );
});
