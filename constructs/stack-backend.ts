import { TerraformBackend, TerraformRemoteState, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

export type BackendType = 'local' | 'pg' | 's3' | 'http';

/** The arguments of a backend, in Terraform's own words. */
export type BackendSettings = Readonly<Record<string, string | boolean | Readonly<Record<string, string>>>>;

/**
 * The backend of one stack. cdktf's own classes know no `use_lockfile`, and the one for PostgreSQL wants the
 * connection string in the configuration.
 */
export class StackBackend extends TerraformBackend {
  public constructor(
    stack: TerraformStack,
    private readonly type: BackendType,
    private readonly settings: BackendSettings,
  ) {
    super(stack, 'backend', type);
  }

  /** Reads the outputs of the stack's last deploy. It takes no lock, so the stack itself can do it in its plan. */
  public override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    return new StackOutputs(scope, name, this.type, {
      ...this.settings,
      // HTTP has no workspaces, and Terraform refuses to be told of one.
      ...(this.type === 'http' ? {} : { workspace: '${terraform.workspace}' }),
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.settings };
  }
}

class StackOutputs extends TerraformRemoteState {}
