import { type GenerateRootOptions, generateRoot } from './generate-root';
import { OperationError } from './operation-error';
import { OperatorPasswords } from './operator-passwords';
import { endOtherRootTokens } from './other-root-tokens';
import { asRoot } from './root-token';
import { nextStep, setUp } from './set-up';
import type { VaultNodes } from './vault-nodes';
import type { VaultSurroundings } from './vault-surroundings';

export interface OperatorOptions extends GenerateRootOptions {
  /** Users that get a new password although they have one. */
  readonly newPasswordFor: readonly string[];
}

/**
 * Brings the set-up of a server in line with the declaration, by a quorum of holders, and makes a token for its
 * operator. It also completes a ceremony that broke off.
 *
 * @param policy of operators, as the stacks need it now
 * @returns the exit code
 */
export async function operator(
  nodes: VaultNodes,
  policy: string,
  options: OperatorOptions,
  outside: VaultSurroundings,
): Promise<number> {
  const { environment, description } = nodes;
  const { input, say } = outside;
  const users = OperatorPasswords.usersOf(description);
  const stranger = options.newPasswordFor.find((user) => !users.includes(user));
  if (stranger !== undefined) {
    throw new OperationError(
      [
        `'--new-password' must name a declared operator, got '${stranger}'; declared are: ${users.join(', ') || 'none with a password'}`,
      ],
      2,
    );
  }
  const passwords = new OperatorPasswords(outside);
  await passwords.collect(options.newPasswordFor);
  const root = await generateRoot(nodes, (question) => input.line(question), outside, options);
  const { token } = await asRoot(root, async () => {
    const done = await setUp(nodes, root, {
      ...outside,
      policy,
      passwords,
      newPasswordFor: options.newPasswordFor,
    });
    await endOtherRootTokens(root, done, say);
    return done;
  });
  outside.print(`${token}\n`);
  say(nextStep(environment));
  return 0;
}
