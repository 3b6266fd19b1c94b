import { observations } from '../hardening';
import type { Rule } from '../rule';
import { unreadSecretsOf } from '../told-secrets';
import { clientsOf } from '../vault-clients';

/** Judged where it can be told who the container is: by the token, role or secret id that it is given, or its agent. */
export const refusedSecret: Rule = {
  id: 'WIR021',
  level: 'error',
  title: 'a container is told a secret that it may not read',
  applies: (environment) => environment.access.kvMounts.length > 0 && clientsOf(environment).length > 0,
  *check(environment) {
    for (const { client, because, where, text, identity } of unreadSecretsOf(environment)) {
      if (because !== 'refused') continue;
      yield* observations(client.container.declared, [
        {
          seen: `${where} is '${text}', which ${identity} may not read`,
          remedy: `give the right to ${identity}, or name a secret that it may read`,
        },
      ]);
    }
  },
};
