import type { Rule } from '../rule';
import { ofClients } from '../vault-clients';

const TOKENS: readonly string[] = ['VAULT_TOKEN', 'BAO_TOKEN'];
const FILES: readonly string[] = ['VAULT_TOKEN_FILE', 'BAO_TOKEN_FILE'];

/** Which one counts depends on the program: most take the variable, which nobody renews. */
export const twoTokens: Rule = {
  id: 'WIR013',
  level: 'warning',
  title: 'a container is given a token twice',
  ...ofClients(function* ({ variables, agent }) {
    const token = TOKENS.find((name) => variables.get(name));
    const file = FILES.find((name) => variables.get(name));
    if (agent || token === undefined || file === undefined) return;
    yield {
      seen: `'${token}' and '${file}' are both set: most programs take '${token}'`,
      remedy: `leave '${token}' out`,
    };
  }),
};
