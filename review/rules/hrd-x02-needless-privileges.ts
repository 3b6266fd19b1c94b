import { ofServers } from '../hardening';
import type { Rule } from '../rule';

/** What systemd's settings are for a service on a machine. */
export const needlessPrivileges: Rule = {
  id: 'HRD-X02',
  level: 'warning',
  title: 'the server can get privileges that it does not need',
  ...ofServers(function* ({ container }) {
    const options = container.texts('security_opts');
    if (
      !container.isUnsure('security_opts') &&
      !options.some((one) => /^no-new-privileges([:=]true)?$/.test(one))
    ) {
      yield {
        seen: "'security_opts' has no 'no-new-privileges'",
        remedy: "add 'no-new-privileges:true'",
      };
    }
    const dropped = container.blocks('capabilities').flatMap(({ drop = [] }) => [drop].flat());
    if (container.isUnsure('capabilities') || dropped.some((one) => /^(CAP_)?ALL$/i.test(String(one))))
      return;
    yield {
      seen: 'it has the capabilities that Docker gives to all containers',
      remedy: "drop 'ALL', and add IPC_LOCK where the server locks its memory",
    };
  }),
};
