import type { Rule } from '../rule';
import { isOfImage } from '../shared-volumes';
import { isOpen } from '../vault-address';
import { ofClients } from '../vault-clients';

const FILES: readonly string[] = ['CACERT', 'CAPATH', 'CLIENT_CERT', 'CLIENT_KEY'];
/** What images bring of well known authorities. */
const OF_SYSTEM = /^\/(etc\/(ssl|pki)|usr\/(local\/)?share\/(ca-certificates|pki))(\/|$)/;

export const missingCertificate: Rule = {
  id: 'WIR010',
  level: 'warning',
  title: 'a certificate is named that nothing puts there',
  ...ofClients(function* ({ container, variables, agent }) {
    const names = ['VAULT', 'BAO'].flatMap((product) => FILES.map((one) => `${product}_${one}`));
    const named = names.map((name) => [`'${name}'`, variables.get(name)] as const);
    for (const [where, path = ''] of [
      ...named,
      ["'ca_cert' of its agent", agent?.configuration?.authority] as const,
    ]) {
      if (path === '' || isOpen(path) || OF_SYSTEM.test(path) || !isOfImage(container, path)) continue;
      yield {
        seen: path.startsWith('/')
          ? `${where} is '${path}', where the container mounts nothing`
          : `${where} is '${path}', which is no whole path`,
        remedy: 'mount a volume with the certificate there, or name the place where it is mounted',
      };
    }
  }),
};
