import { ofServers } from '../hardening';
import type { Rule } from '../rule';

/** Each request and each file of the storage takes one. */
export const openFilesLimit: Rule = {
  id: 'HRD-X05',
  level: 'info',
  title: 'how many files the server may open is left to its host',
  ...ofServers(function* ({ container }) {
    const isSet = container.blocks('ulimit').some(({ name }) => name === 'nofile');
    if (isSet || container.isUnsure('ulimit')) return;
    yield { seen: "it has no ulimit 'nofile'", remedy: "add the ulimit 'nofile', such as 16384" };
  }),
};
