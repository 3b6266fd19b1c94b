/** Where the server keeps its data. */
export class Storage {
  /** In memory: every restart begins empty, and the next deploy writes everything again. */
  public static inMemory(): Storage {
    return new Storage(false);
  }

  private constructor(public readonly survivesRestart: boolean) {}
}
