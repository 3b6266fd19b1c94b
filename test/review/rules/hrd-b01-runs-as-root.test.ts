import { loadPolicyParser } from '../../../policies/policy-text';
import { runsAsRoot } from '../../../review/rules/hrd-b01-runs-as-root';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [{ user: '0:0' }, "'user' is '0:0'"],
  [{ user: '0' }, "'user' is '0'"],
  [{ user: 'root' }, "'user' is 'root'"],
  [{ user: 'root:vault' }, "'user' is 'root:vault'"],
  [{ user: undefined }, "'user' is not there: its entrypoint starts as root"],
  [
    { user: undefined, image: 'ubi.example/vault:1.17.6' },
    "'user' is not there: its entrypoint starts as root",
  ],
])('%j is found', (container, seen) => {
  expect(seenOf(runsAsRoot, { container })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([
  [{ user: 'vault' }],
  [{ user: '1000' }],
  [{ user: '10:0' }],
  [{ user: undefined, image: 'hashicorp/vault:1.17.6-ubi' }],
  [{ user: '${var.user}' }],
])('%j is not', (container) => {
  expect(seenOf(runsAsRoot, { container })).toEqual([]);
});
