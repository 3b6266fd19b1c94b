import { StateBackend } from '../../constructs/state-backend';
import { eventually } from './command';
import { execute, executed } from './engine';
import { password, type StateStore, startContainer } from './state-store';

const ADMINISTRATOR = 'postgres';

/** A PostgreSQL in a container, with a user for Terraform that owns one database and is nobody else. */
export async function startPostgres(image: string): Promise<StateStore> {
  const container = await startContainer('postgres', image, 5432, { POSTGRES_PASSWORD: password() });
  const terraform = { user: 'terraform', password: password() };
  const nobody = { user: 'nobody', password: password() };
  const connection = (login: { user: string; password: string }, database: string, port = container.port) =>
    `postgres://${login.user}:${encodeURIComponent(login.password)}@127.0.0.1:${port}/${database}?sslmode=disable`;
  const sql = (database: string, ...statements: string[]) =>
    executed(
      container.name,
      [
        'psql',
        '--no-psqlrc',
        '--quiet',
        '--tuples-only',
        '--no-align',
        '--username',
        ADMINISTRATOR,
        database,
      ],
      { input: ['\\set ON_ERROR_STOP 1', ...statements, ''].join('\n') },
    );
  // Over TCP: while the image initialises the database it listens on its socket alone.
  await eventually('postgres ready', async () => {
    const { code } = await execute(container.name, ['pg_isready', '--host', '127.0.0.1']);
    return code === 0;
  });
  await sql(
    ADMINISTRATOR,
    ...[terraform, nobody].map((login) => `CREATE ROLE ${login.user} LOGIN PASSWORD '${login.password}';`),
    `CREATE DATABASE states OWNER ${terraform.user};`,
  );
  const PG_CONN_STR = connection(terraform, 'states');
  const refusal = (what: string, wrong: string, got: string) => ({
    what,
    variables: { PG_CONN_STR: wrong },
    got,
  });
  return {
    state: StateBackend.pg(),
    variables: { PG_CONN_STR },
    credentials: {
      'the connection string': PG_CONN_STR,
      'the password': terraform.password,
      'the encoded password': encodeURIComponent(terraform.password),
    },
    lockMessage: /Workspace is already locked/,
    refusals: [
      refusal(
        'a wrong password',
        connection({ ...terraform, password: password() }, 'states'),
        'a refused login; check user and password in PG_CONN_STR',
      ),
      refusal(
        'a user without rights',
        connection(nobody, 'states'),
        'a user without the rights; let the user create schemas in the database, and sequences in its schema public',
      ),
      refusal(
        'no such database',
        connection(terraform, 'other'),
        'no such database; create it, or name another one in PG_CONN_STR',
      ),
      refusal(
        'another port',
        connection(terraform, 'states', 1),
        'a refused connection; check host and port in PG_CONN_STR',
      ),
      refusal(
        'a password that is not encoded',
        `postgres://${terraform.user}:${terraform.password}@127.0.0.1:${container.port}/states`,
        'no connection string; write PG_CONN_STR as postgres://<user>:<password>@<host>/<database>, with what is special in the password written as %xx',
      ),
      refusal(
        'a server that is asked for TLS',
        PG_CONN_STR.replace('?sslmode=disable', ''),
        'a server without TLS; enable TLS there; where it is on this machine, sslmode=disable in PG_CONN_STR will do',
      ),
    ],
    places: async () => {
      const schemas = await sql(
        'states',
        "SELECT table_schema FROM information_schema.tables WHERE table_name = 'states' ORDER BY 1;",
      );
      return schemas.split('\n').filter((schema) => schema !== '');
    },
    stop: container.remove,
  };
}
