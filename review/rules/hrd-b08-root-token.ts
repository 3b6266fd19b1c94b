import { MARK } from '../../policies/terraform-value';
import { containersOf } from '../container';
import { observations } from '../hardening';
import type { ReviewedEnvironment } from '../reviewed-environment';
import type { Observation, Rule } from '../rule';
import { providerObservations, providersOf } from '../vault-providers';
import { serversOf } from '../vault-servers';

/** Of containers: whatever is in them is a token. */
export const VARIABLES = ['VAULT_TOKEN', 'BAO_TOKEN', 'VAULT_DEV_ROOT_TOKEN_ID', 'BAO_DEV_ROOT_TOKEN_ID'];

/** A root token is above all policies, and one that is written down belongs to everybody who reads the repository. */
export const rootToken: Rule = {
  id: 'HRD-B08',
  level: 'fatal',
  title: 'there is a root token, or a token for everybody to read',
  applies: (environment) =>
    !environment.isDevelopment && serversOf(environment).length + providersOf(environment).length > 0,
  *check(environment) {
    for (const { container, isDevelopmentServer } of serversOf(environment)) {
      if (!isDevelopmentServer) continue;
      yield* observations(container.declared, [
        {
          seen: 'the server runs in development mode: unsealed, in memory, with a root token that is known',
          remedy: "give it a configuration, and the command 'server' without -dev",
        },
      ]);
    }
    for (const { declared, environment: variables } of containersOf(environment)) {
      for (const name of VARIABLES.filter((one) => isWritten(variables.get(one)))) {
        yield* observations(declared, [written(name)]);
      }
    }
    for (const provider of providersOf(environment)) {
      if (isWritten(provider.token)) yield* providerObservations(provider, [written('token')]);
    }
    yield* rootIdentities(environment);
  },
};

function isWritten(token: string | undefined): boolean {
  return token !== undefined && token !== '' && token.search(MARK) < 0;
}

/** What it is stays untold. */
function written(name: string): Pick<Observation, 'seen' | 'remedy'> {
  return {
    seen: `'${name}' is written out`,
    remedy:
      'revoke the token, and log in by an auth method, or take it from the environment of whoever deploys',
  };
}

function* rootIdentities({ name, access, blocks }: ReviewedEnvironment): Iterable<Observation> {
  for (const { kind, fullName, address, accessList } of access.identities) {
    if (!accessList.isRoot) continue;
    const flaw = {
      seen: `${kind} '${fullName}' has the policy root`,
      remedy: 'give it a policy of what it needs; who must do more can generate a root token, and revoke it',
    };
    const declared = blocks.find(({ block }) => block.address === address);
    if (declared) yield* observations(declared, [flaw]);
    else yield { stack: name, address, ...flaw };
  }
}
