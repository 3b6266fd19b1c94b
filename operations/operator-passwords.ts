import type { VaultDescription } from '../constructs/vault-description';
import { Interrupted } from './interruption';
import { OperationError } from './operation-error';
import type { VaultSurroundings } from './vault-surroundings';

/** Where the passwords of operators come from: a variable of this process, or people at a terminal. */
export class OperatorPasswords {
  private readonly known = new Map<string, string>();

  public constructor(
    private readonly outside: Pick<VaultSurroundings, 'input' | 'machine' | 'say' | 'signal'>,
  ) {}

  /** Who has one, of the methods that are declared. */
  public static usersOf({ operator_access: access }: VaultDescription): readonly string[] {
    return access.flatMap((method) => (method.type === 'userpass' ? method.users : []));
  }

  /**
   * Gets them now, so that nobody is waited for later.
   * @throws OperationError where a password is missing and nobody can be asked
   */
  public async collect(users: readonly string[]): Promise<void> {
    const missing = users.filter((user) => !this.known.has(user) && !this.given(user));
    if (missing.length > 0 && !this.outside.input.isTerminal) {
      throw new OperationError(
        missing.map(
          (user) =>
            `'${variableOf(user)}' must be set for operator ${user} to have a password, got nothing; set it, or run this on a terminal`,
        ),
      );
    }
    for (const user of users) this.known.set(user, this.given(user) ?? (await this.asked(user)));
  }

  /** Of a user; collected now if it was not before. */
  public async of(user: string): Promise<string> {
    if (!this.known.has(user)) await this.collect([user]);
    return this.known.get(user) as string;
  }

  private given(user: string): string | undefined {
    // A CI system sets a variable to nothing when it has no value for it.
    return this.outside.machine.variables[variableOf(user)] || undefined;
  }

  private async asked(user: string): Promise<string> {
    const { input, say, signal } = this.outside;
    for (;;) {
      const password = await input.line(`new password of operator ${user}, which is not shown`);
      const again = password && (await input.line('once more'));
      if (password === undefined || again === undefined) {
        throw new Interrupted(signal, [
          `'password' of operator ${user} must be given, got the end of the input; nothing was changed`,
        ]);
      }
      if (password !== '' && password === again) return password;
      say(password === '' ? 'the password must not be empty' : 'these are two different ones');
    }
  }
}

function variableOf(user: string): string {
  return `VAULT_OPERATOR_PASSWORD_${user.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
}
