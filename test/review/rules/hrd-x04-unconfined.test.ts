import { loadPolicyParser } from '../../../policies/policy-text';
import { unconfined } from '../../../review/rules/hrd-x04-unconfined';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [{ privileged: true }, "'privileged' is true: it can do what root of the host can"],
  [
    { security_opts: ['no-new-privileges', 'seccomp=unconfined'] },
    "'security_opts' has 'seccomp=unconfined'",
  ],
  [{ security_opts: ['apparmor:unconfined'] }, "'security_opts' has 'apparmor:unconfined'"],
  [{ security_opts: ['label=disable'] }, "'security_opts' has 'label=disable'"],
])('%j is found', (container, seen) => {
  expect(seenOf(unconfined, { container })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([
  [{ privileged: false }],
  [{ security_opts: ['seccomp=profile.json'] }],
  [{ privileged: '${var.privileged}' }],
])('%j is not', (container) => {
  expect(seenOf(unconfined, { container })).toEqual([]);
});
