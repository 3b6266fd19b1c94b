import { ofServers } from '../hardening';
import type { Rule } from '../rule';

/** Vault merges what it finds, and not every setting in the order of the files. */
export const mergedConfiguration: Rule = {
  id: 'HRD-B19',
  level: 'warning',
  title: 'the configuration is put together from several places',
  ...ofServers(
    function* ({ files }) {
      if (files < 2) return;
      yield {
        seen: `the configuration comes from ${files} files and variables`,
        remedy: 'write all of it in one file',
      };
    },
    ({ files }) => files > 0,
  ),
};
