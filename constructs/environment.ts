import { StateBackend } from './state-backend';

export interface SharedEnvironmentProps {
  /** Where Terraform keeps its states: somewhere that is shared and locks. */
  readonly state: StateBackend;
}

/** Where a platform runs. Environments differ in the mode of the server and in what is refused. */
export class Environment {
  /**
   * One machine: convenient, and not a place for real secrets. Its server is in memory unless the platform says
   * otherwise. Moving image tags are a warning here and an error elsewhere.
   */
  public static development(): Environment {
    return new Environment('development', true, StateBackend.local());
  }

  /** Like production in everything but what is in it. */
  public static staging(props: SharedEnvironmentProps): Environment {
    return new Environment('staging', false, props.state);
  }

  /** Real secrets: TLS, a sealed server that audits, no root token, state elsewhere. */
  public static production(props: SharedEnvironmentProps): Environment {
    return new Environment('production', false, props.state);
  }

  private constructor(
    /** Part of every stack's name. */
    public readonly name: string,
    /** Whether conveniences are allowed that would be unsafe elsewhere. */
    public readonly isDevelopment: boolean,
    /** Where the states of its stacks are. */
    public readonly state: StateBackend,
    private readonly protectsData: boolean = !isDevelopment,
  ) {}

  /** The same environment, in which Terraform may destroy what holds data: the explicit step before it does. */
  public withoutProtection(): Environment {
    return new Environment(this.name, this.isDevelopment, this.state, false);
  }

  /**
   * The lifecycle of what cannot be made again (volumes, mounts, secrets): outside development Terraform refuses to
   * destroy it, as a part of any plan.
   */
  public get protection(): { readonly preventDestroy: true } | undefined {
    return this.protectsData ? { preventDestroy: true } : undefined;
  }

  /** The Docker host: all platforms of one environment share it. */
  public get host(): string {
    return this.name;
  }
}
