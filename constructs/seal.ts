/** How the server is unsealed. */
export class Seal {
  /** The server initialises and unseals itself at every start. Only in-memory storage allows it. */
  public static selfUnsealing(): Seal {
    return new Seal((rootToken) => [
      '-dev',
      // Without it the server ends right after its start where the image has no writable home.
      '-dev-no-store-token',
      `-dev-root-token-id=${rootToken}`,
    ]);
  }

  private constructor(
    /** What the server's command line says about it. */
    public readonly serverFlags: (rootToken: string) => readonly string[],
  ) {}
}
