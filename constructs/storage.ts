export interface RaftProps {
  /**
   * How many servers keep the data. Three go on when one is lost, five when two are; an even number is lost as
   * early as the odd one below it, and costs more.
   *
   * Choose it before the first deploy: each number has volumes of its own, so changing it means a snapshot and a
   * restore. With Shamir a node that has started again answers 503 until it is unsealed, and clients may meet it; a
   * seal that needs no people spares them that.
   * @default 1
   */
  readonly nodes?: 1 | 3 | 5;
}

/** Where a configured server keeps its data: on named volumes, encrypted by Vault. */
export class Storage {
  /** Vault's own replicated storage, with snapshots. */
  public static raft(props: RaftProps = {}): Storage {
    return new Storage('raft', props.nodes ?? 1);
  }

  /** One folder, without replication and without snapshots. One server alone can use it. */
  public static file(): Storage {
    return new Storage('file', 1);
  }

  private constructor(
    public readonly type: 'raft' | 'file',
    public readonly nodes: number,
  ) {}

  /**
   * Whether the server's memory may be locked. Raft maps its database into memory, and locking would pull all of
   * it in; HashiCorp advises against it. Without swap for the container nothing is written there anyway.
   */
  public get allowsLockedMemory(): boolean {
    return this.type === 'file';
  }
}
