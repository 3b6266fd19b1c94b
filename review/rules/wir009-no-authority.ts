import { knowsVariables } from '../container-identity';
import type { Rule } from '../rule';
import { isTrue } from '../server-configuration';
import { isContainerName } from '../vault-address';
import { ofClients } from '../vault-clients';

/** Any of them says whose certificates are believed, in Vault's own clients or in others. */
const AUTHORITIES =
  /^((VAULT|BAO)_(CACERT|CACERT_BYTES|CAPATH)|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS)$/;

/** Nobody else than its own authority signs for a name without a domain. */
export const noAuthority: Rule = {
  id: 'WIR009',
  level: 'warning',
  title: "a container is not told whose certificate Vault's is",
  ...ofClients(function* ({ container, variables, addresses, agent }) {
    const names = [...variables.keys()];
    if (!knowsVariables(container) || names.some((name) => AUTHORITIES.test(name))) return;
    if (agent?.configuration?.authority !== undefined || agent?.configuration?.skipsVerification) return;
    if (isTrue(variables.get('VAULT_SKIP_VERIFY')) || isTrue(variables.get('BAO_SKIP_VERIFY'))) return;
    for (const { where, text, address } of addresses) {
      if (address?.scheme !== 'https' || !isContainerName(address)) continue;
      yield {
        seen: `${where} is '${text}', and no variable names a certificate of an authority`,
        remedy: 'mount the certificate of the authority, and name it in VAULT_CACERT',
      };
    }
  }),
};
