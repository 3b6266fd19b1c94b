import { ofServers } from '../hardening';
import type { Rule } from '../rule';

/** A core dump is the memory of a server in a file. */
export const coreDumps: Rule = {
  id: 'HRD-B05',
  level: 'warning',
  title: "the server's memory can end in a core dump",
  ...ofServers(function* ({ container }) {
    const [core] = container.blocks('ulimit').filter(({ name }) => name === 'core');
    if (container.isUnsure('ulimit') || Number(core?.hard) === 0) return;
    yield {
      seen: core ? `the hard limit of core dumps is ${Number(core.hard)}` : 'core dumps have no limit',
      remedy: "add the ulimit 'core' with soft and hard limit 0",
    };
  }),
};
