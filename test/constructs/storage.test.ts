import { Storage } from '../../constructs/storage';

test('storage in memory does not survive a restart', () => {
  expect(Storage.inMemory().survivesRestart).toBe(false);
});
