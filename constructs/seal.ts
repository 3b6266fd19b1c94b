import * as path from 'node:path';
import type { IConstruct } from 'constructs';
import type { Distribution } from './distribution';
import type { Environment } from './environment';
import { refuseCredential } from './literal-secrets';
import { ValidationError } from './validation-error';
import type { VaultDescription } from './vault-description';

export interface TransitSealProps {
  /** The other Vault, such as `https://unseal.example:8200`. */
  readonly address: string;
  /** The key of its transit engine. */
  readonly keyName: string;
  /** @default 'transit/' */
  readonly mountPath?: string;
  /**
   * Whether `seals/<platform>-<environment>/ca.pem` holds the authority of the other Vault.
   * @default false: the authorities of the image
   */
  readonly ownAuthority?: boolean;
}

export interface StaticSealProps {
  /** Names the key, so that a later one can take its place. */
  readonly keyId: string;
}

export interface AwsKmsSealProps {
  readonly region: string;
  readonly kmsKeyId: string;
  /**
   * Whether `seals/<platform>-<environment>/credentials` is a credentials file of AWS.
   * @default false: the role of the host
   */
  readonly credentialsFile?: boolean;
}

export interface AzureKeyVaultSealProps {
  readonly tenantId: string;
  readonly vaultName: string;
  readonly keyName: string;
}

export interface GcpCloudKmsSealProps {
  readonly project: string;
  readonly region: string;
  readonly keyRing: string;
  readonly cryptoKey: string;
  /**
   * Whether `seals/<platform>-<environment>/credentials` is a key file of a service account.
   * @default false: the service account of the host
   */
  readonly credentialsFile?: boolean;
}

/** A file that the server needs to unseal itself, as a person puts it into `seals/<platform>-<environment>/`. */
export type SealFile = 'token' | 'key' | 'ca.pem' | 'credentials';

interface SealKind {
  readonly type: Exclude<VaultDescription['seal'], 'none' | 'unknown'>;
  readonly given: object;
  readonly files: readonly SealFile[];
  /** @param file where the server finds a file of {@link files} */
  readonly parameters: (file: (name: SealFile) => string) => Readonly<Record<string, string>>;
  /** Variables of the server's process that are read from a file when it starts, by variable. */
  readonly variablesFromFiles?: Readonly<Record<string, SealFile>>;
  /** Variables that name a file. */
  readonly variablesWithPaths?: Readonly<Record<string, SealFile>>;
}

/**
 * How the server is unsealed. Credentials are never part of a declaration: what a seal needs beyond names lies in
 * files that git ignores, or is the identity of the host.
 */
export class Seal {
  /** People unseal with shares of the key after every start. */
  public static shamir(): Seal {
    return new Seal({ type: 'shamir', given: {}, files: [], parameters: () => ({}) });
  }

  /** Another Vault unseals. `seals/<platform>-<environment>/token` holds its token, which the server renews. */
  public static transit(props: TransitSealProps): Seal {
    return new Seal({
      type: 'transit',
      given: props,
      files: ['token', ...(props.ownAuthority ? (['ca.pem'] as const) : [])],
      parameters: (file) => ({
        address: props.address,
        key_name: props.keyName,
        mount_path: props.mountPath ?? 'transit/',
        ...(props.ownAuthority ? { tls_ca_cert: file('ca.pem') } : {}),
      }),
      variablesFromFiles: { VAULT_TOKEN: 'token' },
    });
  }

  /** A key of 32 bytes in `seals/<platform>-<environment>/key` unseals. OpenBao alone has it. */
  public static staticKey(props: StaticSealProps): Seal {
    return new Seal({
      type: 'static',
      given: props,
      files: ['key'],
      parameters: (file) => ({ current_key_id: props.keyId, current_key: `file://${file('key')}` }),
    });
  }

  /** A key of AWS KMS unseals. */
  public static awsKms(props: AwsKmsSealProps): Seal {
    return new Seal({
      type: 'awskms',
      given: props,
      files: props.credentialsFile ? ['credentials'] : [],
      parameters: () => ({ region: props.region, kms_key_id: props.kmsKeyId }),
      variablesWithPaths: props.credentialsFile ? { AWS_SHARED_CREDENTIALS_FILE: 'credentials' } : {},
    });
  }

  /** A key of Azure Key Vault unseals, with the managed identity of the host. */
  public static azureKeyVault(props: AzureKeyVaultSealProps): Seal {
    return new Seal({
      type: 'azurekeyvault',
      given: props,
      files: [],
      parameters: () => ({
        tenant_id: props.tenantId,
        vault_name: props.vaultName,
        key_name: props.keyName,
      }),
    });
  }

  /** A key of Google Cloud KMS unseals. */
  public static gcpCloudKms(props: GcpCloudKmsSealProps): Seal {
    return new Seal({
      type: 'gcpckms',
      given: props,
      files: props.credentialsFile ? ['credentials'] : [],
      parameters: (file) => ({
        project: props.project,
        region: props.region,
        key_ring: props.keyRing,
        crypto_key: props.cryptoKey,
        ...(props.credentialsFile ? { credentials: file('credentials') } : {}),
      }),
    });
  }

  private constructor(private readonly kind: SealKind) {}

  public get type(): SealKind['type'] {
    return this.kind.type;
  }

  /** What a person puts into `seals/<platform>-<environment>/`. */
  public get files(): readonly SealFile[] {
    return this.kind.files;
  }

  public get variablesFromFiles(): Readonly<Record<string, SealFile>> {
    return this.kind.variablesFromFiles ?? {};
  }

  public get variablesWithPaths(): Readonly<Record<string, SealFile>> {
    return this.kind.variablesWithPaths ?? {};
  }

  /** The parameters of the stanza in the server's configuration. */
  public parameters(file: (name: SealFile) => string): Readonly<Record<string, string>> {
    return this.kind.parameters(file);
  }

  /** Refuses a seal that the distribution does not have, one in clear, and a credential among its parameters. */
  public validate(scope: IConstruct, distribution: Distribution, environment: Environment): void {
    if (this.type === 'static' && distribution.kind !== 'openbao') {
      throw new ValidationError(
        scope,
        `'seal' must be one that ${distribution.name} has, got 'static', which is OpenBao's; use Seal.transit() or Seal.shamir()`,
      );
    }
    for (const [name, value] of Object.entries(this.kind.given)) {
      if (/token|secret|password|access_?key|credentials$|client_?key|current_?key$/i.test(name)) {
        throw new ValidationError(
          scope,
          `'seal' must not hold credentials, got '${name}'; put it into a file of seals/<platform>-<environment>/`,
        );
      }
      if (typeof value === 'string') {
        refuseCredential(scope, 'seal', name, value, 'put it into a file of seals/<platform>-<environment>/');
        // The server's configuration would end in the middle of the value.
        if (/[\p{Cc}{}]/u.test(value)) {
          throw new ValidationError(
            scope,
            `'${name}' of the seal must be without braces and control characters, got ${JSON.stringify(value)}; write what the key service calls it`,
          );
        }
      }
    }
    const { address } = this.parameters(String);
    if (address !== undefined && /[@?#]/.test(address)) {
      throw new ValidationError(
        scope,
        "'address' of the seal must be scheme, host and port alone, got more; write it as 'https://unseal.example:8200'",
      );
    }
    if (address !== undefined && !environment.isDevelopment && !/^https:\/\//i.test(address)) {
      throw new ValidationError(
        scope,
        `'address' of the seal must use TLS outside development, got '${address}'; write it as 'https://unseal.example:8200'`,
      );
    }
  }
}

/** Where a file of a seal is, relative to the project. */
export function sealFile(environment: string, file: SealFile): string {
  return path.posix.join('seals', environment, file);
}
