import { MARK } from '../../policies/terraform-value';
import { ofServers } from '../hardening';
import type { Rule } from '../rule';
import { settingText } from '../server-configuration';

/** Of all seals together; what is a path or a name is not among it. */
const CREDENTIALS: readonly string[] = [
  'access_key',
  'client_secret',
  'current_key',
  'pin',
  'previous_key',
  'secret_key',
  'session_token',
  'token',
];
/** What the seals take from their environment. */
export const VARIABLES: readonly string[] = [
  'ALICLOUD_SECRET_KEY',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AZURE_CLIENT_SECRET',
  'BAO_HSM_PIN',
  'VAULT_HSM_PIN',
];
/** OpenBao reads these from where they point to. */
const REFERENCE = /^(env|file):\/\//;

/** Who has a seal's credentials and the storage has every secret. */
export const sealCredentials: Rule = {
  id: 'HRD-B16',
  level: 'error',
  title: "credentials of the server's seal are written out",
  ...ofServers(function* ({ configuration, container }) {
    for (const seal of configuration?.blocks('seal') ?? []) {
      for (const name of CREDENTIALS) {
        const value = settingText(seal.settings, name) ?? '';
        if (value === '' || REFERENCE.test(value)) continue;
        yield {
          seen: `'${name}' of seal "${seal.type}" is in the configuration`,
          remedy:
            'change it, and give the seal an identity of its host, or a file that only the server reads',
        };
      }
    }
    for (const name of VARIABLES) {
      const value = container.environment.get(name) ?? '';
      if (value === '' || value.search(MARK) >= 0) continue;
      yield {
        seen: `'${name}' is written out`,
        remedy: 'change it, and take it from where the stack is applied',
      };
    }
  }),
};
