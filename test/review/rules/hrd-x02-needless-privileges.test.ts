import { loadPolicyParser } from '../../../policies/policy-text';
import { needlessPrivileges } from '../../../review/rules/hrd-x02-needless-privileges';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [{ security_opts: undefined }, "'security_opts' has no 'no-new-privileges'"],
  [{ security_opts: ['no-new-privileges:false'] }, "'security_opts' has no 'no-new-privileges'"],
  [{ capabilities: undefined }, 'it has the capabilities that Docker gives to all containers'],
  [{ capabilities: { drop: ['NET_RAW'] } }, 'it has the capabilities that Docker gives to all containers'],
])('%j is found', (container, seen) => {
  expect(seenOf(needlessPrivileges, { container })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([
  [{ security_opts: ['no-new-privileges'] }],
  [{ security_opts: '${var.options}' }],
  [{ capabilities: [{ drop: ['CAP_ALL'], add: ['IPC_LOCK'] }] }],
])('%j is not', (container) => {
  expect(seenOf(needlessPrivileges, { container })).toEqual([]);
});
