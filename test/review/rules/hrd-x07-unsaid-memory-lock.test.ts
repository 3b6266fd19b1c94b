import { loadPolicyParser } from '../../../policies/policy-text';
import { unsaidMemoryLock } from '../../../review/rules/hrd-x07-unsaid-memory-lock';
import { CONFIGURATION, configured, isJudged, seenOf } from '../declared-server';

beforeAll(loadPolicyParser);

const silent = CONFIGURATION.replace('disable_mlock = true', '');

test('raft without a word about memory is found', () => {
  expect(seenOf(unsaidMemoryLock, { configuration: silent })).toEqual([
    "docker_container.server: the storage is raft, and the configuration has no 'disable_mlock'",
  ]);
});

test.each(['true', 'false', '"false"'])('%s is not', (value) => {
  expect(seenOf(unsaidMemoryLock, { configuration: configured(`disable_mlock = ${value}`) })).toEqual([]);
});

test('other storage is not judged', () => {
  expect(isJudged(unsaidMemoryLock, { configuration: silent.replace('"raft"', '"file"') })).toBe(false);
});
