import type { Rule } from '../rule';
import { isOfImage } from '../shared-volumes';
import { isOpen } from '../vault-address';
import { ofClients } from '../vault-clients';

const FILES: readonly string[] = ['VAULT', 'BAO'].flatMap((product) =>
  ['CACERT', 'CAPATH', 'CLIENT_CERT', 'CLIENT_KEY'].map((one) => `${product}_${one}`),
);
/** What images bring of well known authorities. */
const OF_SYSTEM = /^\/(etc\/(ssl|pki)|usr\/(local\/)?share\/(ca-certificates|pki))(\/|$)/;

export const missingCertificate: Rule = {
  id: 'WIR010',
  level: 'warning',
  title: 'a certificate is named that nothing puts there',
  ...ofClients(function* ({ container, variables, agent }) {
    const named = FILES.filter((name) => variables.has(name)).map((name) => [
      `'${name}'`,
      variables.get(name),
    ]);
    for (const [where, path = ''] of [
      ...named,
      ["'ca_cert' of its agent", agent?.configuration?.authority],
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
