import { auditDevicesOf } from '../audit-devices';
import { observations } from '../hardening';
import type { Rule } from '../rule';
import { serversOf } from '../vault-servers';

/** Not judged where a module may enable devices, or where a configuration that may have some cannot be read. */
export const noAudit: Rule = {
  id: 'HRD-B10',
  level: 'error',
  title: 'nobody can tell who did what, or secrets are in the audit log',
  applies: (environment) =>
    !environment.isDevelopment &&
    environment.modules.length === 0 &&
    serversOf(environment).length > 0 &&
    serversOf(environment).every(
      ({ product, files, configuration }) =>
        product === 'vault' || files === 0 || configuration !== undefined,
    ),
  *check(environment) {
    const devices = auditDevicesOf(environment);
    const [server] = serversOf(environment);
    if (server && devices.length === 0) {
      yield* observations(server.container.declared, [
        { seen: 'no audit device is declared', remedy: 'declare two: a file on a volume, and stdout' },
      ]);
    }
    for (const { declared, name, isRaw } of devices) {
      if (!isRaw) continue;
      yield* observations(declared, [
        {
          seen: `audit device '${name}' has 'log_raw': it writes secrets as they are`,
          remedy: 'take it away',
        },
      ]);
    }
  },
};
