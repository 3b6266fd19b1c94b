import { observations } from '../hardening';
import type { Rule } from '../rule';
import { serversOf } from '../vault-servers';

/** Rules that need it are left out, and a score over fewer items looks as good as one over all. */
export const unreadConfiguration: Rule = {
  id: 'WIR023',
  level: 'warning',
  title: 'nobody can read the configuration of the server here',
  applies: (environment) => serversOf(environment).length > 0,
  *check(environment) {
    for (const { container, unread } of serversOf(environment)) {
      if (unread === undefined) continue;
      yield* observations(container.declared, [SEEN[unread]]);
    }
  },
};

const SEEN = {
  broken: {
    seen: 'its configuration is neither HCL nor JSON that can be read: what it says is not judged',
    remedy: 'mend the text; vault server -test-config or bao server -test tells where it is broken',
  },
  unknown: {
    seen: 'its configuration is known at an apply only, or is a file that is not read: what it says is not judged',
    remedy: 'write it in the stack as \'content\' of an upload, such as file("config.hcl")',
  },
  'on the host': {
    seen: 'its configuration is on the host: what it says is not judged, and whoever has the host changes it',
    remedy: "write it in the stack as 'content' of an upload",
  },
} as const;
