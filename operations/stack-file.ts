import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BackendType } from '../constructs/stack-backend';
import type { VaultDescription } from '../constructs/vault-description';
import { preventsDestroy, type TerraformJson } from '../policies/terraform-json';
import type { NamedContainer } from './container-names';
import type { DeclaredNetwork } from './subnets';

/** As much of a synthesized stack as the commands look at. */
interface StackJson {
  readonly locals?: { readonly vault?: VaultDescription };
  readonly output?: {
    readonly supplied_versions?: { readonly value?: Readonly<Record<string, number>> };
  };
  readonly provider?: { readonly vault?: readonly { readonly address?: string; readonly token?: string }[] };
  readonly resource?: {
    readonly docker_container?: Readonly<Record<string, ContainerJson>>;
    readonly docker_network?: Readonly<Record<string, NetworkJson>>;
    readonly vault_kv_secret_v2?: Readonly<Record<string, SecretJson>>;
  };
  readonly terraform?: {
    readonly backend?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly required_providers?: Readonly<
      Record<string, { readonly source: string; readonly version?: string }>
    >;
  };
  readonly variable?: Readonly<Record<string, VariableJson>>;
}

interface LabelledJson {
  readonly name: string;
  readonly labels?: readonly { readonly label: string; readonly value: string }[];
}

interface NetworkJson extends LabelledJson {
  readonly ipam_config?: readonly { readonly subnet?: string }[];
}

interface ContainerJson extends LabelledJson {
  readonly lifecycle?: { readonly precondition?: readonly { readonly error_message?: string }[] };
  readonly ports?: readonly {
    readonly external?: number;
    readonly ip?: string;
    readonly protocol?: string;
  }[];
  readonly upload?: readonly { readonly source?: string }[];
}

interface SecretJson {
  readonly mount: string;
  readonly name: string;
  readonly data_json_wo?: string;
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

/** A file of the project that Terraform brings into a container. */
export interface UploadedFile {
  /** Relative to the project. */
  readonly file: string;
  /** How one comes by it. */
  readonly remedy: string;
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

/** One synthesized stack. */
export class StackFile {
  /** All of it. */
  public readonly terraform: TerraformJson;
  private readonly json: StackJson;

  /** @param folder the stack's folder, with its `cdk.tf.json` */
  public constructor(public readonly folder: string) {
    this.terraform = JSON.parse(fs.readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as TerraformJson;
    this.json = this.terraform as StackJson;
  }

  public get name(): string {
    return path.basename(this.folder);
  }

  public get backend(): BackendBlock {
    const [[type, settings] = ['local', {}]] = Object.entries(this.json.terraform?.backend ?? {});
    return { type: type as BackendType, settings };
  }

  /** By the source of the provider, such as `hashicorp/vault`. */
  public get providerVersions(): Readonly<Record<string, string | undefined>> {
    const declared = Object.values(this.json.terraform?.required_providers ?? {});
    return Object.fromEntries(declared.map(({ source, version }) => [source, version]));
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

  /** The containers that the stack makes. */
  public get containers(): readonly NamedContainer[] {
    return Object.values(this.json.resource?.docker_container ?? {}).map((container) => ({
      containerName: container.name,
      platform: labelOf(container, 'platform'),
      environment: labelOf(container, 'environment'),
    }));
  }

  /** The networks that the stack makes. */
  public get networks(): readonly DeclaredNetwork[] {
    return Object.values(this.json.resource?.docker_network ?? {}).map((network) => ({
      networkName: network.name,
      platform: labelOf(network, 'platform'),
      environment: labelOf(network, 'environment'),
      subnets: (network.ipam_config ?? []).flatMap(({ subnet }) => subnet ?? []),
    }));
  }

  /** Each file once. */
  public get uploadedFiles(): readonly UploadedFile[] {
    const files = new Map<string, UploadedFile>();
    for (const { upload = [], lifecycle } of Object.values(this.json.resource?.docker_container ?? {})) {
      for (const { source } of upload) {
        if (source === undefined) continue;
        const file = path.relative('.', path.resolve(this.folder, source));
        const said = lifecycle?.precondition?.find((one) => one.error_message?.includes(`'${file}'`));
        // Terraform would say it too, as a sentence.
        const [, remedy = 'put it there'] = /; (.*)\.$/.exec(said?.error_message ?? '') ?? [];
        files.set(file, { file, remedy });
      }
    }
    return [...files.values()];
  }

  /** Whether a resource is declared. */
  public declares({ type, name }: { readonly type: string; readonly name: string }): boolean {
    const blocks = this.terraform.resource ?? {};
    return Object.hasOwn(blocks, type) && Object.hasOwn(blocks[type] ?? {}, name);
  }

  /** How many resources of each type Terraform refuses to destroy, by type. */
  public get protectedResources(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const [type, blocks] of Object.entries(this.terraform.resource ?? {})) {
      const count = Object.values(blocks).filter(preventsDestroy).length;
      if (count > 0) counts[type] = count;
    }
    return counts;
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
        version: this.json.output?.supplied_versions?.value?.[`${secret.mount}/${secret.name}`] ?? 0,
        variables: this.variablesIn(secret.data_json_wo ?? ''),
      }))
      .filter(({ variables }) => variables.length > 0);
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

function labelOf(resource: LabelledJson, name: string): string {
  return resource.labels?.find(({ label }) => label === name)?.value ?? '';
}
