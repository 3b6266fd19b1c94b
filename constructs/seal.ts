/** How the server is unsealed. */
export class Seal {
  /** The server initialises and unseals itself at every start. Only in-memory storage allows it. */
  public static selfUnsealing(): Seal {
    return new Seal('self-unsealing');
  }

  private constructor(public readonly kind: 'self-unsealing') {}
}
