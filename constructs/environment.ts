/** Where a platform runs. Environments differ in the mode of the server and in what is refused. */
export class Environment {
  /**
   * In-memory Vault over HTTP, for one machine: convenient, and not a place for real secrets.
   * Moving image tags are a warning here and nowhere else.
   */
  public static development(): Environment {
    return new Environment('development', true);
  }

  private constructor(
    /** Part of every stack's name. */
    public readonly name: string,
    /** Whether conveniences are allowed that would be unsafe elsewhere. */
    public readonly isDevelopment: boolean,
  ) {}

  /** The Docker host: all platforms of one environment share it. */
  public get host(): string {
    return this.name;
  }
}
