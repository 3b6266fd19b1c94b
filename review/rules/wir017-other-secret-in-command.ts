import { credentialIn } from '../../policies/secret-text';
import { MARK } from '../../policies/terraform-value';
import { commandOf } from '../container-command';
import { ofContainers } from '../hardening';
import type { Rule } from '../rule';
import { isSecretName } from '../secret-names';

/** What HRD-B21 tells: tokens of Vault, and shares of its key. */
const TOLD = /^(VAULT_TOKEN|BAO_TOKEN|dev-root-token-id)$/;
const OF_REDIS = /^(requirepass|masterauth)$/;
const TOKEN = 'a Vault token';
/** What the shell puts there, from a file or a variable. */
const SHELL = /\$\((?:[^()]|\([^()]*\))*\)|\$\{[^}]*\}|\$(?:\w+|[@#?*!$-])|`[^`]*`/g;
const OPTION = /(?<![\w-])--?([A-Za-z][\w.-]*)(?:=|\s+)(["']?)([^\s"'$`<>|;&-][^\s"']*)\2/g;
const ASSIGNMENT = /(?<![\w.-])([A-Z][A-Z0-9_]*|secret_id)=(["']?)([^\s"'$`;|&)]+)\2/g;

/** Everybody on a host sees the commands of its processes. */
export const otherSecretInCommand: Rule = {
  id: 'WIR017',
  level: 'error',
  title: 'a password or a key is in a command',
  ...ofContainers(function* (container) {
    const command = commandOf(container).replace(MARK, 'x').replace(SHELL, '$$');
    for (const what of new Set(secretsIn(command))) {
      yield {
        seen: `its command has ${what} in it`,
        remedy: 'change it, and read it from a file that an agent writes',
      };
    }
  }),
};

function* secretsIn(command: string): Iterable<string> {
  const credential = credentialIn(command.replaceAll('$', ''));
  if (credential !== undefined && credential !== TOKEN) yield credential;
  for (const pattern of [OPTION, ASSIGNMENT]) {
    for (const [, name = '', , value = ''] of command.matchAll(pattern)) {
      if (TOLD.test(name) || !isSecret(name) || /^(\/|true$|false$)/.test(value)) continue;
      yield `a value for '${name}'`;
    }
  }
}

function isSecret(name: string): boolean {
  return isSecretName(name) || OF_REDIS.test(name);
}
