/** Where Terraform keeps the state of each stack. */
export class StateBackend {
  /** A file in the project's folder: for development alone. */
  public static local(): StateBackend {
    return new StateBackend('local');
  }

  /** PostgreSQL, one schema a stack; the connection string is in `PG_CONN_STR`. */
  public static pg(): StateBackend {
    return new StateBackend('pg');
  }

  private constructor(public readonly type: 'local' | 's3' | 'pg' | 'http') {}
}
