import type { Rule } from '../rule';
import { isOfOneVault, ofClients } from '../vault-clients';

const VERSION = /^(?:(?:VAULT|BAO|OPENBAO)_)?KV_(?:ENGINE_)?(?:API_)?VERSION$/;

export const kvVersion: Rule = {
  id: 'WIR019',
  level: 'error',
  title: 'a container is told another version of the KV engine',
  ...ofClients(
    function* (client, environment) {
      const { kvMounts } = environment.access;
      const told = client.mounts.map(([, mount]) => mount.replace(/^\/+|\/+$/g, ''));
      const meant = told.length > 0 ? kvMounts.filter(({ path }) => told.includes(path)) : kvMounts;
      const versions = new Set(meant.map((one) => one.version));
      const [version] = versions;
      if (versions.size !== 1 || !isOfOneVault(environment, client)) return;
      for (const [name, text] of client.variables) {
        const [, asked] = VERSION.test(name) ? (/^v?(\d+)$/i.exec(text) ?? []) : [];
        if (asked === undefined || Number(asked) === version) continue;
        yield {
          seen: `'${name}' is '${text}', and ${meant.map(({ path }) => `'${path}'`).join(', ')} has version ${version}`,
          remedy: `write ${version}`,
        };
      }
    },
    ({ access }) => access.kvMounts.length > 0,
  ),
};
