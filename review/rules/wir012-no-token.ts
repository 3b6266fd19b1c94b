import { knowsVariables } from '../container-identity';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Rule } from '../rule';
import { isContainerName } from '../vault-address';
import { agentsOf } from '../vault-agents';
import { containersCalled, ofClients, type VaultClient } from '../vault-clients';

/** What programs are told to log in by. */
const LOGIN =
  /TOKEN|ROLE|AUTH|SECRET_?ID|LOGIN|JWT|^(VAULT|BAO)_(USER|PASS|CLIENT|AGENT|PROXY|APPROLE|KUBE|AWS|GCP|AZURE)/;

/** Others may have one in their image, or get it by a call. */
export const noToken: Rule = {
  id: 'WIR012',
  level: 'warning',
  title: 'a container is told where Vault is, and not who it is',
  ...ofClients(function* (client, environment) {
    const { container, variables, agent } = client;
    const isUnsure =
      !knowsVariables(container) || ['volumes', 'mounts', 'upload'].some((one) => container.isUnsure(one));
    if (isUnsure || agent || [...variables.keys()].some((name) => LOGIN.test(name))) return;
    const has =
      container.mounts.length + container.blocks('upload').length + container.blocks('secrets').length;
    if (has > 0 && mayHaveToken(client)) return;
    if (asksAnAgent(client, environment)) return;
    const [first] = client.addresses;
    yield {
      seen: `${first?.where} is '${first?.text}', and nothing tells it a token, a file with one, or a role`,
      remedy: 'give it an agent that writes its token into a volume, and name the file in VAULT_TOKEN_FILE',
    };
  }),
};

/** A file may be anywhere that is not known to hold something else, such as the certificate of an authority. */
function mayHaveToken({ container, variables }: VaultClient): boolean {
  const authority = variables.get('VAULT_CACERT') ?? variables.get('BAO_CACERT') ?? '';
  return [
    ...container.mounts.map(({ path }) => path),
    ...container.blocks('upload').map(({ file }) => String(file)),
  ].some((path) => path === '' || !authority.startsWith(path.replace(/\/+$/, '')));
}

/** An agent that passes requests on adds the token itself. */
function asksAnAgent({ container, addresses }: VaultClient, environment: ReviewedEnvironment): boolean {
  const agents = agentsOf(environment);
  return addresses.some(({ address }) => {
    if (!address || !isContainerName(address)) return false;
    return containersCalled(environment, container, address.host).some((one) => agents.has(one));
  });
}
