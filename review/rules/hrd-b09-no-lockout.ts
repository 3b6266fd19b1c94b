import { ofServers } from '../hardening';
import type { Rule } from '../rule';
import { isTrue, settingText } from '../server-configuration';

/** Vault locks a user out who fails too often, unless it is told not to. */
export const noLockout: Rule = {
  id: 'HRD-B09',
  level: 'warning',
  title: 'passwords can be guessed without end',
  ...ofServers(function* ({ container, configuration, product }) {
    for (const block of configuration?.blocks('user_lockout') ?? []) {
      if (!isTrue(settingText(block.settings, 'disable_lockout'))) continue;
      yield {
        seen: `user_lockout "${block.type}" has 'disable_lockout'`,
        remedy: 'take it away, or raise lockout_threshold',
      };
    }
    const variable = product === 'vault' ? 'VAULT_DISABLE_USER_LOCKOUT' : 'BAO_DISABLE_USER_LOCKOUT';
    if (!isTrue(container.environment.get(variable))) return;
    yield { seen: `'${variable}' is true`, remedy: 'take it away' };
  }),
};
