import type { SecretFile } from '../../constructs/secret-file';
import { SecretValue } from '../../constructs/secret-value';
import type { Platform } from '../../stacks/platform';
import { testPlatform } from '../helper';

/** A platform and the address of a password in it. */
export function declared() {
  const platform = testPlatform();
  const database = platform.addMount('apps').addSecret('database', { password: SecretValue.generated() });
  return { platform, password: database.value('password') };
}

/** A platform with a database that reads files made of its password. */
export function withFiles(
  files: (password: ReturnType<typeof declared>['password']) => readonly SecretFile[],
  user = '999:999',
): Platform {
  const { platform, password } = declared();
  platform.addBackingService('db', {
    containerName: 'shop-db',
    image: 'postgres:16.4',
    user,
    files: files(password),
  });
  return platform;
}
