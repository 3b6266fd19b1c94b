import { textOf } from '../container';
import { ofServers } from '../hardening';
import type { Rule } from '../rule';
import { isTrue } from '../server-configuration';

/** What holds keys, or says where they are. */
const PRIVATE = /\.(hcl|json|key)$|key\.pem$/;
/** Docker's provider uploads so unless it is told otherwise. */
const DEFAULT_MODE = '0644';

/** The server checks who may read and write its files where it is told to. */
export const openFiles: Rule = {
  id: 'HRD-B20',
  level: 'warning',
  title: "files of the server's configuration are open to others",
  ...ofServers(function* ({ container, product }) {
    const variable = `${product === 'vault' ? 'VAULT' : 'BAO'}_ENABLE_FILE_PERMISSIONS_CHECK`;
    if (!container.isUnsure('env') && !isTrue(container.environment.get(variable))) {
      yield {
        seen: `'${variable}' is not true: the server takes files that others can change`,
        remedy: 'set it',
      };
    }
    for (const { file, permissions } of container.blocks('upload')) {
      const path = textOf(file) ?? '';
      const mode = textOf(permissions) || DEFAULT_MODE;
      if (!PRIVATE.test(path) || !/[1-7]$/.test(mode)) continue;
      yield {
        seen: `'${path}' has the mode ${mode}, which lets others read it`,
        remedy: "set its 'permissions' to 0400, and make it the server's own",
      };
    }
  }),
};
