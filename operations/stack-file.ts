import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BackendType } from '../constructs/stack-backend';
import type { VaultDescription } from '../constructs/vault-description';
import { LocalState } from './local-state';

/** As much of a synthesized stack as the commands look at. */
interface StackJson {
  readonly locals?: { readonly vault?: VaultDescription };
  readonly provider?: { readonly vault?: readonly { readonly address?: string; readonly token?: string }[] };
  readonly resource?: {
    readonly docker_container?: Readonly<Record<string, ContainerJson>>;
    readonly vault_kv_secret_v2?: Readonly<Record<string, SecretJson>>;
  };
  readonly terraform?: { readonly backend?: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  readonly variable?: Readonly<Record<string, VariableJson>>;
}

interface ContainerJson {
  readonly name: string;
  readonly labels?: readonly { readonly label: string; readonly value: string }[];
  readonly ports?: readonly {
    readonly external?: number;
    readonly ip?: string;
    readonly protocol?: string;
  }[];
}

interface SecretJson {
  readonly mount: string;
  readonly name: string;
  readonly data_json_wo?: string;
  readonly data_json_wo_version?: number;
}

interface VariableJson {
  readonly description?: string;
  readonly ephemeral?: boolean;
}

/** A port that a container of the stack will hold on the host. */
export interface PublishedPort {
  readonly ip: string;
  readonly port: number;
  readonly containerName: string;
  /** The labels that tell this environment's containers from others. */
  readonly platform: string;
  readonly environment: string;
}

/** How Terraform reaches the Vault server. */
export interface VaultAccess {
  readonly address: string;
  /** In development only. */
  readonly token: string | undefined;
}

/** A variable by which a person supplies a value. */
export interface SuppliedVariable {
  /** `TF_VAR_<name>`. */
  readonly environmentVariable: string;
  readonly description: string;
  /** Whether it holds all keys of a secret, as a JSON object. */
  readonly isObject: boolean;
}

/** A secret with values that a person supplies. */
export interface SuppliedSecret {
  readonly mount: string;
  readonly path: string;
  /** The version that is declared: another one is written anew. */
  readonly version: number;
  readonly variables: readonly SuppliedVariable[];
}

/** Where Terraform keeps the state of a stack. */
export interface BackendBlock {
  readonly type: BackendType;
  /** In Terraform's own words, without credentials. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** One synthesized stack and the state beside it. */
export class StackFile {
  private readonly json: StackJson;

  /** @param folder the stack's folder, with its `cdk.tf.json` */
  public constructor(public readonly folder: string) {
    this.json = JSON.parse(fs.readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as StackJson;
  }

  public get name(): string {
    return path.basename(this.folder);
  }

  public get backend(): BackendBlock {
    const [[type, settings] = ['local', {}]] = Object.entries(this.json.terraform?.backend ?? {});
    return { type: type as BackendType, settings };
  }

  public get ports(): readonly PublishedPort[] {
    return Object.values(this.json.resource?.docker_container ?? {}).flatMap((container) =>
      (container.ports ?? [])
        .filter(({ protocol = 'tcp' }) => protocol === 'tcp')
        .flatMap(({ external, ip = '0.0.0.0' }) =>
          external === undefined
            ? []
            : [
                {
                  ip,
                  port: external,
                  containerName: container.name,
                  platform: labelOf(container, 'platform'),
                  environment: labelOf(container, 'environment'),
                },
              ],
        ),
    );
  }

  public get vault(): VaultAccess | undefined {
    const [provider] = this.json.provider?.vault ?? [];
    return provider?.address ? { address: provider.address, token: provider.token } : undefined;
  }

  /** What the commands need to know about the server; the vault stack alone has it. */
  public get vaultDescription(): VaultDescription | undefined {
    return this.json.locals?.vault;
  }

  public get suppliedSecrets(): readonly SuppliedSecret[] {
    return Object.values(this.json.resource?.vault_kv_secret_v2 ?? {})
      .map((secret) => ({
        mount: secret.mount,
        path: secret.name,
        version: secret.data_json_wo_version ?? 0,
        variables: this.variablesIn(secret.data_json_wo ?? ''),
      }))
      .filter(({ variables }) => variables.length > 0);
  }

  /** The version in which a secret was last written, if the local state knows one. */
  public writtenVersion({ mount, path: name }: SuppliedSecret): number | undefined {
    return this.localState?.lastDeploy.suppliedVersions[`${mount}/${name}`];
  }

  /** Whether the local state holds objects of the Vault server. */
  public get holdsVaultObjects(): boolean {
    return this.localState?.lastDeploy.holdsVaultObjects ?? false;
  }

  private get localState(): LocalState | undefined {
    return this.backend.type === 'local' ? LocalState.of(this) : undefined;
  }

  private variablesIn(expression: string): SuppliedVariable[] {
    const names = new Set([...expression.matchAll(/\bvar\.([A-Za-z_][\w-]*)/g)].map(([, name = '']) => name));
    return [...names].flatMap((name) => {
      const variable = this.json.variable?.[name];
      if (!variable?.ephemeral) return [];
      return [
        {
          environmentVariable: `TF_VAR_${name}`,
          description: variable.description ?? name,
          isObject: expression.includes(` ? var.${name} : "{}")`),
        },
      ];
    });
  }
}

function labelOf(container: ContainerJson, name: string): string {
  return container.labels?.find(({ label }) => label === name)?.value ?? '';
}
