import { type GenerateRootOptions, generateRoot } from './generate-root';
import { endIfAsked } from './interruption';
import type { Variables } from './machine';
import { OperationError } from './operation-error';
import { asRoot, type RootToken } from './root-token';
import { STRAY_VAULT_VARIABLES } from './stray-variables';
import type { VaultNodes } from './vault-nodes';
import type { VaultSurroundings } from './vault-surroundings';

/**
 * Runs a command with a one-off root token from a quorum of holders, and revokes it afterwards, also when the
 * command fails and when somebody ends this one. Where nobody can, as after a kill -9, it ends within an hour.
 *
 * @param command its program and arguments; a shell where there is none
 * @returns the exit code of the command
 */
export async function root(
  nodes: VaultNodes,
  command: readonly string[],
  outside: VaultSurroundings,
  options: GenerateRootOptions = {},
): Promise<number> {
  const { machine, input, say, signal } = outside;
  const [program, ...args] = command.length > 0 ? command : shell(nodes, outside);
  const endless = await generateRoot(nodes, (question) => input.line(question), outside, options);
  // The command gets the terminal as it was.
  input.close();
  const token = await endless.exchange();
  return asRoot(token, async () => {
    await token.verify();
    endIfAsked(signal);
    say(
      `${nodes.environment}: a root token for ${program}, for an hour at most; it is revoked when that ends`,
    );
    return machine.attach(program as string, args, { variables: variablesOf(nodes, token) }).catch(() => {
      throw new OperationError(
        [`'command' must be a program of this machine, got '${program}'; install it, or correct its name`],
        127,
      );
    });
  });
}

function shell(
  { environment, program }: VaultNodes,
  { input, machine }: VaultSurroundings,
): readonly string[] {
  if (input.isTerminal) return [machine.variables.SHELL || '/bin/sh'];
  throw new OperationError(
    [
      `'command' must be given where there is no terminal, got nothing; write it as npm run vault -- root ${environment} -- ${program} token lookup`,
    ],
    2,
  );
}

/** Both distributions read their own variables; BAO_ADDR goes before VAULT_ADDR in OpenBao. */
function variablesOf({ caFile }: VaultNodes, token: RootToken): Variables {
  const values = { ADDR: token.address, CACERT: caFile, TOKEN: token.value };
  const given = Object.entries(values).flatMap(([name, value]) => [
    [`VAULT_${name}`, value],
    [`BAO_${name}`, value],
  ]);
  // An agent or a proxy of the caller's would get the root token.
  return { ...STRAY_VAULT_VARIABLES, ...Object.fromEntries(given) };
}
