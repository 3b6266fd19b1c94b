import { loadPolicyParser } from '../../policies/policy-text';
import { enginePathsOf } from '../../review/engine-paths';
import { DEVELOPMENT, type DeclaredWiring, declaredWiring } from './declared-wiring';

beforeAll(loadPolicyParser);

test.each<[string, DeclaredWiring, readonly string[] | undefined]>([
  ['mounts', {}, ['kv']],
  [
    'engines of other kinds',
    { resource: { vault_aws_secret_backend: { a: { path: '/aws/' } } } },
    ['aws', 'kv'],
  ],
  [
    'calls of the API',
    { resource: { vault_generic_endpoint: { a: { path: 'sys/mounts/more', data_json: '{}' } } } },
    ['kv', 'more'],
  ],
  ['that of a server for development', { server: DEVELOPMENT }, ['kv', 'secret']],
  [
    'no auth methods',
    { resource: { vault_auth_backend: { a: { type: 'approle', path: 'approle' } } } },
    ['kv'],
  ],
  [
    'nothing where one is known at an apply only',
    { resource: { vault_mount: { kv: { path: '${var.x}', type: 'kv' } } } },
    undefined,
  ],
  ['nothing where a module may declare some', { more: { module: { a: { source: './a' } } } }, undefined],
])('paths are of %s', (_, declared, paths) => {
  const found = enginePathsOf(declaredWiring(declared));
  expect(found && [...found].sort()).toEqual(paths);
});
