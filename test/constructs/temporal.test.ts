import { SecretValue } from '../../constructs/secret-value';
import { temporal } from '../../constructs/temporal';
import { testPlatform } from '../helper';
import { render } from './consul-template';

const apps = testPlatform().addMount('apps');
const database = apps.addSecret('database', {
  host: 'db',
  port: '5432',
  username: 'postgres',
  password: SecretValue.generated(),
});
const options = {
  containerName: 'shop-temporal',
  image: 'temporalio/auto-setup:1.25.2',
  namespace: 'shop',
};

test('its settings come from Vault, into the process alone', () => {
  const { files = [], entrypoint, command, environment } = temporal({ ...options, database });
  const values = {
    host: 'db',
    port: '5432',
    username: 'postgres',
    password: "it's",
  };
  expect(render(files[0]?.template ?? '', { 'apps/data/database': values })).toMatchInlineSnapshot(`
    "POSTGRES_SEEDS='db'
    DB_PORT='5432'
    POSTGRES_USER='postgres'
    POSTGRES_PWD='it'\\''s'
    "
  `);
  expect(entrypoint?.[2]).toMatch(/^__launch_seen=.*\nset -ae; \. \/vault\/secrets\/settings; set \+ae\n/);
  expect(command).toEqual(['/etc/temporal/entrypoint.sh', 'autosetup']);
  expect(environment).toMatchObject({
    DB: 'postgres12',
    DEFAULT_NAMESPACE: 'shop',
  });
});

test('it answers to more names where that is asked for', () => {
  expect(temporal({ ...options, database }).aliases).toBeUndefined();
  expect(temporal({ ...options, database, aliases: ['temporal'] }).aliases).toEqual(['temporal']);
});

test('does not compile with a secret that lacks the address', () => {
  const other = apps.addSecret('other', { password: SecretValue.generated() });
  // @ts-expect-error: host, port and username are missing
  expect(() => temporal({ ...options, database: other })).toThrow(
    /'key' must be one of 'password', got 'host'/,
  );
});
