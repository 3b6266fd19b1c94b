import { Mount, type MountConfig } from '@cdktf/provider-vault/lib/mount';
import { Construct } from 'constructs';
import { violationOfMountPath } from '../policies/names';
import { adopt } from './adoption';
import { literalText } from './hcl';
import { KvSecret, type KvSecretOptions, type SecretData } from './kv-secret';
import { KvTree } from './kv-tree';
import { declaredTwice, requireName } from './validation-error';
import type { VaultServer } from './vault-server';

export interface KvMountProps {
  readonly server: VaultServer;
  /** Where the engine is mounted, such as `apps`. */
  readonly path: string;
  /** For people who list the mounts. */
  readonly description?: string;
  /**
   * Takes over an engine that the server already has, such as the `secret` of a development server,
   * instead of creating one.
   * @default false
   */
  readonly adopt?: boolean;
}

/** In seconds. KV has none itself; they are what clients cache by, and what another engine at the path would have. */
const LEASES = { defaultLeaseTtlSeconds: 3600, maxLeaseTtlSeconds: 86400 } satisfies Partial<MountConfig>;

/** A KV engine, version 2. Secrets and trees are made here, so that their path belongs to their mount. */
export class KvMount extends Construct {
  public readonly server: VaultServer;
  public readonly path: string;
  /**
   * For a mount that was there before: the description that it has since it was taken over. A development server
   * describes its own as "key/value secret storage".
   */
  public readonly adoptedDescription: string | undefined;
  private readonly resource: Mount;
  private readonly declared = new Map<string, KvSecret>();

  public constructor(scope: Construct, id: string, props: KvMountProps) {
    requireName(scope, 'mount', props.path, violationOfMountPath);
    super(scope, id);
    this.server = props.server;
    this.path = props.path;
    this.adoptedDescription = props.adopt ? (props.description ?? '') : undefined;
    this.resource = new Mount(this, 'Resource', {
      path: props.path,
      // Not type 'kv-v2': the server answers 'kv', and the provider would replace an adopted mount.
      type: 'kv',
      options: { version: '2' },
      description: props.description && literalText(props.description),
      ...(props.server.isLasting ? LEASES : {}),
      lifecycle: props.server.environment.protection,
    });
    if (props.adopt) adopt(this.resource, props.path);
  }

  /**
   * Declares a secret that is written at deploy. A plain string is a constant that is no secret; for every
   * other value use {@link SecretValue}.
   *
   * @param path below the mount, without `data/`
   */
  public addSecret<Key extends string>(
    path: string,
    data: SecretData<Key>,
    options: KvSecretOptions = {},
  ): KvSecret<Key> {
    return this.remember(
      new KvSecret<Key>(this, path, { mount: this, path, data, dependsOn: this.resource, ...options }),
    );
  }

  /**
   * Declares a secret of which a person supplies all keys, as one JSON object in `TF_VAR_<mount>_<path>`.
   */
  public addSuppliedSecret(path: string, options: KvSecretOptions = {}): KvSecret<string> {
    return this.remember(
      new KvSecret<string>(this, path, {
        mount: this,
        path,
        data: 'supplied',
        dependsOn: this.resource,
        ...options,
      }),
    );
  }

  /** Declares a secret that an application writes. Policies and reports know it, Terraform never touches it. */
  public addRuntimeSecret(path: string, options: Pick<KvSecretOptions, 'description'> = {}): KvSecret {
    return this.remember(
      new KvSecret(this, path, { mount: this, path, data: 'runtime', dependsOn: this.resource, ...options }),
    );
  }

  /**
   * All secrets below a prefix, where `+` stands for one segment: `platform`, `tenants/+/api-keys`.
   * @param description why the prefix exists; shown in policies
   */
  public tree(prefix: string, description?: string): KvTree {
    return new KvTree(this, this, prefix, description);
  }

  /** All secrets of the mount. */
  public everything(description?: string): KvTree {
    return new KvTree(this, this, undefined, description);
  }

  /** The expression for the mount's accessor: another one than before is another mount, and empty. */
  public get accessor(): string {
    return `\${vault_mount.${this.resource.friendlyUniqueId}.accessor}`;
  }

  /** The secrets declared so far, in that order. */
  public get secrets(): readonly KvSecret[] {
    return [...this.declared.values()];
  }

  /** @internal Called before a secret takes its construct id, so that the error names the first one. */
  public refuseSecond(path: string): void {
    const first = this.declared.get(path);
    if (first) throw declaredTwice(this, 'path', path, first, 'keep one of them');
  }

  private remember<Secret extends KvSecret>(secret: Secret): Secret {
    this.declared.set(secret.path, secret);
    return secret;
  }
}
