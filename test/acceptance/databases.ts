import { execute } from './engine';
import type { ExpectedDatabase } from './expectation';

/** Whether a database accepts a password over the platform's network. */
export async function accepts(database: ExpectedDatabase, password: string): Promise<boolean> {
  return database.kind === 'postgres'
    ? postgresAccepts(database, password)
    : redisAccepts(database, password);
}

async function postgresAccepts(
  { container, username = '', database = '' }: ExpectedDatabase,
  password: string,
): Promise<boolean> {
  // By the container's own name the connection comes from the network, where no rule trusts it blindly.
  const argv = ['psql', '--no-psqlrc', '--no-password', '--host', container];
  const { code, output } = await execute(
    container,
    [...argv, '--username', username, '--dbname', database, '--tuples-only', '--command', 'SELECT 40 + 2'],
    { env: { PGPASSWORD: password } },
  );
  if (code === 0) return output.trim() === '42';
  if (!/password authentication failed/.test(output)) throw new Error(output);
  return false;
}

async function redisAccepts({ container }: ExpectedDatabase, password: string): Promise<boolean> {
  const { output } = await execute(container, ['redis-cli', '-h', container, 'PING'], {
    env: { REDISCLI_AUTH: password },
  });
  if (/^PONG$/m.test(output)) return true;
  if (!/WRONGPASS|NOAUTH/.test(output)) throw new Error(output);
  return false;
}
