import { loadPolicyParser } from '../../../policies/policy-text';
import { noLockout } from '../../../review/rules/hrd-b09-no-lockout';
import { configured, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  ['user_lockout "all" {\n disable_lockout = true\n}', `user_lockout "all" has 'disable_lockout'`],
  ['user_lockout "approle" {\n disable_lockout = "true"\n}', `user_lockout "approle" has 'disable_lockout'`],
])('%s is found', (line, seen) => {
  expect(seenOf(noLockout, { configuration: configured(line) })).toEqual([
    `docker_container.server: ${seen}`,
  ]);
});

test.each([
  ['user_lockout "all" {\n lockout_threshold = 10\n}'],
  ['user_lockout "all" {\n disable_lockout = false\n}'],
])('%s is not', (line) => {
  expect(seenOf(noLockout, { configuration: configured(line) })).toEqual([]);
});

test.each(['VAULT', 'BAO'])('%s_DISABLE_USER_LOCKOUT is found at its own server', (product) => {
  const env = [`${product}_DISABLE_USER_LOCKOUT=true`];
  const found = [`docker_container.server: '${product}_DISABLE_USER_LOCKOUT' is true`];
  const isVaults = product === 'VAULT';
  expect(seenOf(noLockout, { container: { env } })).toEqual(isVaults ? found : []);
  expect(seenOf(noLockout, { container: { env, image: 'openbao/openbao:2.5.5' } })).toEqual(
    isVaults ? [] : found,
  );
});
