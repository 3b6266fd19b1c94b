import type { TerraformStack } from 'cdktf';
import { projectFile } from './project-file';
import { type BackendSettings, type BackendType, StackBackend } from './stack-backend';
import { requireAddress, requireShape } from './state-rules';
import { ValidationError } from './validation-error';

export interface PgStateProps {
  /**
   * What the names of all schemas begin with, where projects share a database.
   * @default - the schema is named as the stack
   */
  readonly schemaPrefix?: string;
}

export interface S3StateProps {
  /** It has to exist. With versions, a lost state can be had back. */
  readonly bucket: string;
  readonly region: string;
  /**
   * The folder of the states in the bucket, such as `platforms/eu`.
   * @default - the top of the bucket
   */
  readonly keyPrefix?: string;
  /**
   * The key of AWS KMS that encrypts the states: an ARN.
   * @default - the store's own key
   */
  readonly kmsKey?: string;
  /**
   * The address of another store than Amazon's, such as `https://minio.example:9000`.
   * @default - Amazon's, in the region
   */
  readonly endpoint?: string;
  /**
   * Puts the bucket into the path of the address, for a store without a DNS name for each bucket.
   * @default false
   */
  readonly pathStyle?: boolean;
  /**
   * Asks neither for an AWS account nor whether the region is one of Amazon's, for a store that knows neither.
   * @default false
   */
  readonly skipAwsChecks?: boolean;
  /**
   * Sends no checksums beside the state, for a store that does not know them.
   * @default false
   */
  readonly skipChecksums?: boolean;
}

export interface HttpStateProps {
  /** Below it each stack has its state: `https://states.example/terraform` has `…/terraform/<stack>`. */
  readonly address: string;
  /**
   * What follows a state's address in that of its lock, such as `/lock` for GitLab.
   * @default - the state's address is that of its lock
   */
  readonly lockPath?: string;
  /** @default 'LOCK' */
  readonly lockMethod?: 'LOCK' | 'POST' | 'PUT';
  /** @default 'UNLOCK' */
  readonly unlockMethod?: 'UNLOCK' | 'DELETE' | 'POST' | 'PUT';
  /** @default 'POST' */
  readonly updateMethod?: 'POST' | 'PUT';
}

/** Refuses what cannot work, and says what Terraform is to be told. */
type Settings = (stack: TerraformStack) => BackendSettings;

/**
 * Where Terraform keeps the state of each stack. The place of a stack's state is derived from the stack's name, and
 * credentials are in the environment of whoever deploys: what is written here is no secret.
 */
export class StateBackend {
  /** A file in the project's folder: for one person on one machine, hence for development alone. */
  public static local(): StateBackend {
    return new StateBackend('local', (stack) => ({
      path: projectFile(stack, `terraform.${stack.node.id}.tfstate`),
    }));
  }

  /**
   * PostgreSQL, with one schema a stack, made by Terraform. The connection string is in `PG_CONN_STR`, of a user who
   * may create schemas in that database, and sequences in its schema `public`. While a stack is deployed for the
   * first time, Terraform locks all states of the database; `npm run deploy` and `npm run destroy` wait for that for
   * 5 minutes, or as `TF_CLI_ARGS_apply` and `TF_CLI_ARGS_destroy` say.
   */
  public static pg(props: PgStateProps = {}): StateBackend {
    return new StateBackend('pg', (stack) => ({ schema_name: schemaOf(stack, props.schemaPrefix ?? '') }));
  }

  /**
   * S3, encrypted, with a lock file beside each state: `<keyPrefix>/<stack>.tfstate`. Credentials are where the AWS
   * command line looks for them, such as `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`. The store has to know
   * conditional writes, or nothing locks.
   */
  public static s3(props: S3StateProps): StateBackend {
    return new StateBackend('s3', (stack) => {
      const { bucket, region, keyPrefix, kmsKey, endpoint } = props;
      requireShape(stack, 'bucket', bucket);
      requireShape(stack, 'region', region);
      if (keyPrefix !== undefined) requireShape(stack, 'keyPrefix', keyPrefix);
      if (kmsKey !== undefined) requireShape(stack, 'kmsKey', kmsKey);
      if (endpoint !== undefined) requireAddress(stack, 'endpoint', endpoint, 'https://minio.example:9000');
      return {
        bucket,
        region,
        key: `${keyPrefix === undefined ? '' : `${keyPrefix}/`}${stack.node.id}.tfstate`,
        encrypt: true,
        use_lockfile: true,
        ...(kmsKey !== undefined && { kms_key_id: kmsKey }),
        ...(endpoint !== undefined && { endpoints: { s3: endpoint } }),
        ...(props.pathStyle && { use_path_style: true }),
        ...(props.skipAwsChecks && SKIPPED_AWS_CHECKS),
        ...(props.skipChecksums && { skip_s3_checksum: true }),
      };
    });
  }

  /**
   * A server that speaks Terraform's HTTP protocol, such as GitLab. User and password are in `TF_HTTP_USERNAME` and
   * `TF_HTTP_PASSWORD`.
   */
  public static http(props: HttpStateProps): StateBackend {
    return new StateBackend('http', (stack) => {
      const { lockPath = '' } = props;
      requireAddress(stack, 'address', props.address, 'https://states.example/terraform');
      if (lockPath !== '') requireShape(stack, 'lockPath', lockPath);
      const address = `${props.address}/${stack.node.id}`;
      return {
        address,
        update_method: props.updateMethod ?? 'POST',
        lock_address: `${address}${lockPath}`,
        lock_method: props.lockMethod ?? 'LOCK',
        unlock_address: `${address}${lockPath}`,
        unlock_method: props.unlockMethod ?? 'UNLOCK',
      };
    });
  }

  private constructor(
    public readonly type: BackendType,
    private readonly settings: Settings,
  ) {}

  /** Whether everybody who deploys sees the same state, and one at a time changes it. */
  public get isShared(): boolean {
    return this.type !== 'local';
  }

  /** Gives a stack its backend. */
  public attachTo(stack: TerraformStack): StackBackend {
    return new StackBackend(stack, this.type, this.settings(stack));
  }
}

const SKIPPED_AWS_CHECKS = {
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_region_validation: true,
  skip_requesting_account_id: true,
};

/** PostgreSQL cuts longer names without a word, and two stacks would share a schema. */
const LONGEST_SCHEMA_NAME = 63;

function schemaOf(stack: TerraformStack, prefix: string): string {
  if (prefix !== '') requireShape(stack, 'schemaPrefix', prefix);
  const name = `${prefix}${stack.node.id}`;
  if (name.length > LONGEST_SCHEMA_NAME) {
    throw new ValidationError(
      stack,
      `'schemaPrefix' of the state must leave schema names of at most ${LONGEST_SCHEMA_NAME} characters, got '${name}' of ${name.length}; shorten it`,
    );
  }
  return name;
}
