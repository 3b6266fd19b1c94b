import { DataVaultGenericSecret } from '@cdktf/provider-vault/lib/data-vault-generic-secret';
import type { KvSecretV2 } from '@cdktf/provider-vault/lib/kv-secret-v2';
import { type TerraformBackend, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { hclString } from './hcl';
import type { KvMount } from './kv-mount';
import type { KvSecret } from './kv-secret';
import { terraformName } from './terraform-name';

const ID = 'supplied-values';

/** The mounts that the server has now, by path with a final `/`. It is no secret. */
const MOUNTS = 'jsondecode(nonsensitive(data.vault_generic_secret.mounts.data_json))';

/** The Terraform variable by which a person supplies one value. */
export interface SuppliedVariable {
  /** What a shell sets: `TF_VAR_<name>`. */
  readonly name: string;
  /** What a Terraform expression says: `var.<name>`. */
  readonly reference: string;
}

/**
 * The values that people supply, asked for once.
 *
 * Terraform can keep a value out of the state by an ephemeral variable, but it has no way to ask for it only
 * when it will be written. So each variable may be left out, and each secret has a precondition: the value is
 * there, or this stack's own state says that this version was written, to the mount that is there now. The
 * state alone would not do: a development server forgets what Terraform remembers.
 */
export class SuppliedValues extends Construct {
  /** The supplied values of the stack that `scope` is in. */
  public static of(scope: Construct): SuppliedValues {
    const stack = TerraformStack.of(scope);
    return SuppliedValues.in(stack) ?? new SuppliedValues(stack);
  }

  /** The supplied values of a stack, if it has any. */
  public static in(stack: TerraformStack): SuppliedValues | undefined {
    return stack.node.tryFindChild(ID) as SuppliedValues | undefined;
  }

  private readonly names: string[] = [];
  private readonly mounts: KvMount[] = [];
  private readonly versions = { value: {} as Record<string, number>, depends_on: [] as string[] };
  private readonly accessors = { value: {} as Record<string, string> };

  private constructor(private readonly stack: TerraformStack) {
    super(stack, ID);
  }

  /** The names of all variables, as a shell sets them. */
  public get environmentVariables(): readonly string[] {
    return this.names.map((name) => `TF_VAR_${name}`);
  }

  /** The variable for one key of a secret, or for the whole secret. */
  public variable(secret: KvSecret, key: string | undefined): SuppliedVariable {
    const address = [secret.mount.path, secret.path, ...(key === undefined ? [] : [key])].join('/');
    const name = terraformName(secret, address);
    if (!this.names.includes(name)) {
      this.names.push(name);
      this.stack.addOverride(`variable.${name}`, {
        type: 'string',
        default: null,
        ephemeral: true,
        sensitive: true,
        description:
          key === undefined
            ? `All keys of ${secret.mount.path}/${secret.path}, as a JSON object`
            : `Key ${key} of ${secret.mount.path}/${secret.path}`,
      });
    }
    return { name, reference: `var.${name}` };
  }

  /** Lets the plan fail when a secret would be written without its values. */
  public require(
    secret: KvSecret,
    resource: KvSecretV2,
    variables: readonly SuppliedVariable[],
    writeVersion: number,
  ): void {
    this.remember(secret.mount);
    const address = `${secret.mount.path}/${secret.path}`;
    this.versions.value[address] = writeVersion;
    this.versions.depends_on.push(`vault_kv_secret_v2.${resource.friendlyUniqueId}`);
    const given = variables.map(isGiven).join(' && ');
    const names = variables.map(({ name }) => `TF_VAR_${name}`).join(' and ');
    resource.addOverride('lifecycle.precondition', [
      {
        condition: `\${(${given}) || (${this.isSameMount(secret.mount.path)} && ${written('supplied_versions', address)} == ${writeVersion})}`,
        error_message: `[${secret.node.path}] '${address}' must be supplied when it is first written and when its version is raised, got nothing; set ${names} and deploy again.`,
      },
    ]);
  }

  private remember(mount: KvMount): void {
    if (this.mounts.includes(mount)) return;
    this.mounts.push(mount);
    this.accessors.value[mount.path] = mount.accessor;
    if (this.mounts.length === 1) this.readWhatIsWritten();
    this.stack.addOverride(
      'data.terraform_remote_state.written.count',
      `\${${this.mounts.map((one) => this.mounted(one)).join(' || ')} ? 1 : 0}`,
    );
  }

  private readWhatIsWritten(): void {
    new DataVaultGenericSecret(this, 'mounts', { path: 'sys/mounts' }).overrideLogicalId('mounts');
    const backend = this.stack.node.findChild('backend') as TerraformBackend;
    backend.getRemoteStateDataSource(this, 'written', this.stack.node.id).overrideLogicalId('written');
    this.stack.addOverride('output.supplied_versions', this.versions);
    this.stack.addOverride('output.mount_accessors', this.accessors);
  }

  /**
   * Whether a deploy of this stack made the mount or took it over. If so there is a state; Terraform fails where it
   * is to read one that is not there.
   */
  private mounted({ path, adoptedDescription }: KvMount): string {
    const key = hclString(`${path}/`);
    return adoptedDescription === undefined
      ? `contains(keys(${MOUNTS}), ${key})`
      : `try(${MOUNTS}[${key}].description == ${hclString(adoptedDescription)}, false)`;
  }

  private isSameMount(mount: string): string {
    return `try(${MOUNTS}[${hclString(`${mount}/`)}].accessor, "none") == ${written('mount_accessors', mount)}`;
  }
}

/** A CI system sets a variable to nothing when it has no value for it. */
export function isGiven({ reference }: SuppliedVariable): string {
  return `try(length(${reference}) > 0, false)`;
}

/** The expression for what the last deploy noted. */
function written(output: 'supplied_versions' | 'mount_accessors', key: string): string {
  return `try(data.terraform_remote_state.written[0].outputs.${output}[${hclString(key)}], "nothing")`;
}
