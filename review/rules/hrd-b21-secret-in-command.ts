import { MARK } from '../../policies/terraform-value';
import { commandOf } from '../container-command';
import { ofContainers } from '../hardening';
import type { Rule } from '../rule';

const SECRETS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a token', /(?<![\w.-])(?:hv[sbr]\.[\w-]{20,}|[sbr]\.[A-Za-z0-9]{24})(?![\w-])/],
  ["a value for 'VAULT_TOKEN'", /(?<!\w)(?:VAULT|BAO)_TOKEN=["']?[^\s"'$`]/],
  ['a share of the unseal key', /\boperator\s+unseal\s+["']?[A-Za-z0-9+/]{40,}={0,2}(?![A-Za-z0-9+/])/],
  ['a root token', /-dev-root-token-id[=\s]["']?[^\s"'$]/],
];

/** Everybody on a host sees the commands of its processes. */
export const secretInCommand: Rule = {
  id: 'HRD-B21',
  level: 'error',
  title: 'a secret is in a command',
  ...ofContainers(function* (container) {
    // What only Terraform knows is as good as a variable of the shell.
    const command = commandOf(container).replace(MARK, '$');
    for (const [what, pattern] of SECRETS) {
      // What it is stays untold.
      if (!pattern.test(command)) continue;
      yield {
        seen: `its command has ${what} in it`,
        remedy: 'change it, and read it from a file or from stdin',
      };
    }
  }),
};
