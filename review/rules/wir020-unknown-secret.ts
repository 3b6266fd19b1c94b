import { observations } from '../hardening';
import type { Rule } from '../rule';
import { unreadSecretsOf } from '../told-secrets';
import { clientsOf } from '../vault-clients';

export const unknownSecret: Rule = {
  id: 'WIR020',
  level: 'error',
  title: 'a container is told a secret that nobody declares',
  applies: (environment) => environment.access.kvMounts.length > 0 && clientsOf(environment).length > 0,
  *check(environment) {
    for (const { client, because, where, text, nearest } of unreadSecretsOf(environment)) {
      if (because !== 'unknown') continue;
      yield* observations(client.container.declared, [
        {
          seen: `${where} is '${text}', which is declared nowhere${nearest === undefined ? ', and no policy is about it' : ''}`,
          remedy:
            nearest === undefined
              ? 'declare the secret, and give the right to read it to whoever the container is'
              : `did you mean '${nearest}'?`,
        },
      ]);
    }
  },
};
