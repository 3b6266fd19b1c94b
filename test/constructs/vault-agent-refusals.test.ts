import { SecretFile } from '../../constructs/secret-file';
import { declared, withFiles } from './password-file';

describe('fails on', () => {
  const remedy = "write it as 'password'";
  const rule = "must consist of letters, digits, '_', '-' and '.' and start with a letter, digit or '_'";

  test.each(['../password', 'pass word', '$x', ''])('a file named %j', (name) => {
    expect(() => withFiles((password) => [SecretFile.value(name, password)])).toThrow(
      new Error(`[shop-development-services/db/agent] 'files' ${rule}, got '${name}'; ${remedy}`),
    );
  });

  test('two files of one name', () => {
    expect(() =>
      withFiles((password) => [SecretFile.value('a', password), SecretFile.variables('a', { A: password })]),
    ).toThrow(
      new Error(
        "[shop-development-services/db/agent] 'files' must be unique, got 'a', which 'shop-development-services/db/agent' already declares; choose another name",
      ),
    );
  });

  test('a file in the place of the token', () => {
    const { platform, password } = declared();
    expect(() =>
      platform.addBackingService('db', {
        containerName: 'shop-db',
        image: 'postgres:16.4',
        user: '999:999',
        tokenFile: true,
        files: [SecretFile.value('token', password)],
      }),
    ).toThrow(/'files' must be unique, got 'token'/);
  });

  test('a variable that no shell would take', () => {
    expect(() => withFiles((password) => [SecretFile.variables('env', { 'db-password': password })])).toThrow(
      new Error(
        "[shop-development-services/db/agent] 'variables' must consist of A-Z, 0-9 and '_' and not start with a digit, got 'db-password'; write it as 'DB_PASSWORD'",
      ),
    );
  });

  test.each(['postgres', '999', '999:postgres', ''])('the user %j', (user) => {
    expect(() => withFiles((password) => [SecretFile.value('password', password)], user)).toThrow(
      new Error(
        `[shop-development-services/db/agent] 'user' must be a numeric 'uid:gid' where files hold secrets, got '${user}'; write it as '1000:1000'`,
      ),
    );
  });

  test('a container name that leaves no room for that of the agent', () => {
    const { platform, password } = declared();
    expect(() =>
      platform.addBackingService('db', {
        containerName: 'd'.repeat(58),
        image: 'postgres:16.4',
        user: '999:999',
        files: [SecretFile.value('password', password)],
      }),
    ).toThrow(
      /^\[shop-development-services\/db\/agent\/container\] 'containerName' must be a DNS label of 2 to 63/,
    );
  });
});
