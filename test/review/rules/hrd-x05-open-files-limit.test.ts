import { loadPolicyParser } from '../../../policies/policy-text';
import { openFilesLimit } from '../../../review/rules/hrd-x05-open-files-limit';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [{ ulimit: undefined }, "it has no ulimit 'nofile'"],
  [{ ulimit: { name: 'core', soft: 0, hard: 0 } }, "it has no ulimit 'nofile'"],
])('%j is found', (container, seen) => {
  expect(seenOf(openFilesLimit, { container })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([[{ ulimit: { name: 'nofile', soft: 1024, hard: 1024 } }], [{ ulimit: '${var.limits}' }]])(
  '%j is not',
  (container) => {
    expect(seenOf(openFilesLimit, { container })).toEqual([]);
  },
);
