import { TerraformStack, Testing } from 'cdktf';
import { StateBackend } from '../../constructs/state-backend';
import { testApp } from '../helper';

/** What Terraform is told about the state of a stack. */
function backendOf(state: StateBackend, name = 'shop-production-access'): unknown {
  const stack = new TerraformStack(testApp(), name);
  state.attachTo(stack);
  return JSON.parse(Testing.synth(stack)).terraform.backend;
}

test('the local state is a file of the project, found from the folder of the stack', () => {
  expect(backendOf(StateBackend.local(), 'shop-development-vault')).toEqual({
    local: { path: '../../../terraform.shop-development-vault.tfstate' },
  });
});

test('PostgreSQL has one schema a stack, and no connection string in the configuration', () => {
  expect(backendOf(StateBackend.pg())).toEqual({ pg: { schema_name: 'shop-production-access' } });
  expect(backendOf(StateBackend.pg({ schemaPrefix: 'acme_' }))).toEqual({
    pg: { schema_name: 'acme_shop-production-access' },
  });
});

test('S3 is encrypted and has a lock file', () => {
  expect(backendOf(StateBackend.s3({ bucket: 'acme-states', region: 'eu-central-1' }))).toEqual({
    s3: {
      bucket: 'acme-states',
      region: 'eu-central-1',
      key: 'shop-production-access.tfstate',
      encrypt: true,
      use_lockfile: true,
    },
  });
});

test('S3 puts states into a folder and encrypts them with a key of KMS', () => {
  const kmsKey = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const state = StateBackend.s3({
    bucket: 'acme-states',
    region: 'eu-central-1',
    keyPrefix: 'platforms/eu',
    kmsKey,
  });
  expect(backendOf(state)).toMatchObject({
    s3: { key: 'platforms/eu/shop-production-access.tfstate', kms_key_id: kmsKey },
  });
});

test("another store than Amazon's is told apart by names that say what they do", () => {
  const state = StateBackend.s3({
    bucket: 'states',
    region: 'main',
    endpoint: 'https://minio.example:9000',
    pathStyle: true,
    skipAwsChecks: true,
    skipChecksums: true,
  });
  expect(backendOf(state)).toMatchObject({
    s3: {
      endpoints: { s3: 'https://minio.example:9000' },
      use_path_style: true,
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_region_validation: true,
      skip_requesting_account_id: true,
      skip_s3_checksum: true,
      encrypt: true,
      use_lockfile: true,
    },
  });
});

test('HTTP has one address a stack, which is also that of its lock', () => {
  const address = 'https://states.example/terraform/shop-production-access';
  expect(backendOf(StateBackend.http({ address: 'https://states.example/terraform' }))).toEqual({
    http: {
      address,
      update_method: 'POST',
      lock_address: address,
      lock_method: 'LOCK',
      unlock_address: address,
      unlock_method: 'UNLOCK',
    },
  });
});

test('HTTP locks as GitLab does', () => {
  const state = StateBackend.http({
    address: 'https://gitlab.example/api/v4/projects/7/terraform/state',
    lockPath: '/lock',
    lockMethod: 'POST',
    unlockMethod: 'DELETE',
  });
  const address = 'https://gitlab.example/api/v4/projects/7/terraform/state/shop-production-access';
  expect(backendOf(state)).toMatchObject({
    http: {
      address,
      lock_address: `${address}/lock`,
      lock_method: 'POST',
      unlock_address: `${address}/lock`,
      unlock_method: 'DELETE',
    },
  });
});

test.each([
  [StateBackend.local(), false],
  [StateBackend.pg(), true],
  [StateBackend.s3({ bucket: 'states', region: 'main' }), true],
  [StateBackend.http({ address: 'https://states.example' }), true],
])('whether everybody sees the state: $0.type $1', (state, isShared) => {
  expect(state.isShared).toBe(isShared);
});

test.each([
  ['at the limit', 'a'.repeat(63 - 'shop-production-access'.length), true],
  ['past it', 'a'.repeat(64 - 'shop-production-access'.length), false],
])('fails where PostgreSQL would cut the name of a schema: %s', (_, schemaPrefix, fits) => {
  const declare = () => backendOf(StateBackend.pg({ schemaPrefix }));
  if (fits) expect(declare()).toMatchObject({ pg: { schema_name: expect.stringMatching(/^.{63}$/) } });
  else {
    expect(declare).toThrow(
      `[shop-production-access] 'schemaPrefix' of the state must leave schema names of at most 63 characters, got '${schemaPrefix}shop-production-access' of 64; shorten it`,
    );
  }
});

// No real key: the letters are made up, the shape is that of one.
const ACCESS_KEY = `AKIA${'X'.repeat(16)}`;

test.each([
  ['keyPrefix', StateBackend.s3({ bucket: 'states', region: 'main', keyPrefix: ACCESS_KEY })],
  ['bucket', StateBackend.s3({ bucket: ACCESS_KEY, region: 'main' })],
  ['address', StateBackend.http({ address: `https://states.example/${ACCESS_KEY}` })],
])('fails on a credential in %s, without repeating it', (property, state) => {
  const declare = () => backendOf(state);
  expect(declare).toThrow(
    `[shop-production-access] 'state' must not hold a literal secret, got an API key in '${property}'; leave credentials to the environment: PG_CONN_STR, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or TF_HTTP_USERNAME and TF_HTTP_PASSWORD`,
  );
  expect(declare).not.toThrow(ACCESS_KEY);
});

test.each([
  ['a connection string', 'postgres://somebody:not-a-word@db'],
  ['a prefix of PostgreSQL', 'pg_'],
])('fails on %s in place of a schema prefix', (_, schemaPrefix) => {
  const declare = () => backendOf(StateBackend.pg({ schemaPrefix }));
  expect(declare).toThrow('[shop-production-access] ');
  expect(declare).not.toThrow('not-a-word');
});
