import { ofServers } from '../hardening';
import type { Rule } from '../rule';

export const unconfined: Rule = {
  id: 'HRD-X04',
  level: 'error',
  title: 'the kernel does not confine the server',
  ...ofServers(function* ({ container }) {
    if (container.flag('privileged')) {
      yield { seen: "'privileged' is true: it can do what root of the host can", remedy: 'take it away' };
    }
    for (const option of container.texts('security_opts')) {
      if (!/^(?:(?:seccomp|apparmor|systempaths)[:=]unconfined|label[:=]disable)$/.test(option)) continue;
      yield { seen: `'security_opts' has '${option}'`, remedy: 'take it away' };
    }
  }),
};
