import { loadPolicyParser } from '../../../policies/policy-text';
import { coreDumps } from '../../../review/rules/hrd-b05-core-dumps';
import { seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

test.each([
  [{ ulimit: undefined }, 'core dumps have no limit'],
  [{ ulimit: [{ name: 'nofile', soft: 1, hard: 1 }] }, 'core dumps have no limit'],
  [{ ulimit: { name: 'core', soft: 0, hard: -1 } }, 'the hard limit of core dumps is -1'],
])('%j is found', (container, seen) => {
  expect(seenOf(coreDumps, { container })).toEqual([`docker_container.server: ${seen}`]);
});

test.each([
  [{ ulimit: { name: 'core', soft: 0, hard: 0 } }],
  [{ ulimit: '${var.limits}' }],
  [{ ulimit: [{ name: 'core', soft: '0', hard: '0' }] }],
])('%j is not', (container) => {
  expect(seenOf(coreDumps, { container })).toEqual([]);
});
