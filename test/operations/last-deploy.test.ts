import { lastDeployIn, NEVER_DEPLOYED } from '../../operations/last-deploy';

test('reads versions and accessors from the outputs of a state, and nothing else', () => {
  const state = {
    version: 4,
    outputs: {
      supplied_versions: { value: { 'apps/mail': 1234567 }, type: ['object', {}] },
      mount_accessors: { value: { apps: 'kv_1a2b' }, type: ['object', {}] },
      other: { value: 'a token', sensitive: true },
    },
    resources: [],
  };
  expect(lastDeployIn(JSON.stringify(state))).toEqual({
    suppliedVersions: { 'apps/mail': 1234567 },
    mountAccessors: { apps: 'kv_1a2b' },
    holdsVaultObjects: false,
  });
});

test.each([
  [{ mode: 'managed', type: 'vault_token' }, true],
  [{ mode: 'data', type: 'vault_generic_secret' }, false],
  [{ mode: 'managed', type: 'docker_container' }, false],
])('of a state with %j it is %s that it holds objects of the server', (resource, holds) => {
  expect(lastDeployIn(JSON.stringify({ resources: [resource] }))?.holdsVaultObjects).toBe(holds);
});

test.each([
  [
    'as Terraform shows one that is not there',
    '{"version":4,"outputs":{},"resources":[],"check_results":null}',
  ],
  ['of a stack that was destroyed', '{"version":4,"serial":9,"outputs":{},"resources":[]}'],
  ['without either', '{}'],
])('a state %s says nothing', (_, state) => {
  expect(lastDeployIn(state)).toEqual(NEVER_DEPLOYED);
});

test.each(['', 'hvs.not-a-token', '{"resources":[', 'null'])('what is no state is not read: %j', (text) => {
  expect(lastDeployIn(text)).toBeUndefined();
});
