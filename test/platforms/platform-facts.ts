import type { App } from 'cdktf';
import { Environment } from '../../constructs/environment';
import type { Platform } from '../../stacks/platform';
import { PRODUCTION, resources, STAGING, type SynthesizedStack, synth, testApp } from '../helper';

/** Where every platform runs. */
export const ENVIRONMENTS = [Environment.development(), STAGING, PRODUCTION] as const;

export type Resource = Readonly<Record<string, unknown>>;

/** One platform of the repository, synthesized for one environment. */
export class PlatformFacts {
  public readonly platform: Platform;
  public readonly app: App;
  public readonly stacks: Readonly<Record<'vault' | 'access' | 'services', SynthesizedStack>>;

  public constructor(
    declare: (app: App, environment: Environment) => Platform,
    public readonly environment: Environment = Environment.development(),
  ) {
    this.app = testApp();
    this.platform = declare(this.app, environment);
    const [vault, access, services] = this.platform.stacks;
    this.stacks = { vault: synth(vault), access: synth(access), services: synth(services) };
  }

  /** All three stacks as the text that is written to disk. */
  public get written(): string {
    return JSON.stringify(this.stacks);
  }

  /** Variables by container. A credential is shown as what it is of. */
  public environments(): Record<string, Record<string, string>> {
    return this.byContainer((container) =>
      Object.fromEntries(
        ((container.env ?? []) as string[])
          .filter((line) => !line.startsWith('AGENT_CONFIGURATION='))
          .map((line) => {
            const at = line.indexOf('=');
            return [line.slice(0, at), this.withHolder(line.slice(at + 1))];
          }),
      ),
    );
  }

  /** Image and published ports by container. */
  public images(): Record<string, string> {
    return this.byContainer((container) =>
      [
        container.image as string,
        ...((container.ports ?? []) as { ip: string; external: number; internal: number }[]).map(
          ({ ip, external, internal }) => `${ip}:${external}:${internal}`,
        ),
      ].join(' '),
    );
  }

  /** Rules by policy: path -> capabilities. */
  public policies(): Record<string, Record<string, string>> {
    return Object.fromEntries(
      this.all('access', 'vault_policy').map(({ name, policy }) => [
        name as string,
        Object.fromEntries(
          [...(policy as string).matchAll(/path "([^"]+)" \{\n {2}capabilities = \[([^\]]*)\]/g)].map(
            ([, rulePath, capabilities]) => [
              rulePath as string,
              (capabilities as string).replaceAll('"', ''),
            ],
          ),
        ),
      ]),
    );
  }

  /** How each key of each written secret gets its value. */
  public secrets(): Record<string, Record<string, string> | string> {
    return Object.fromEntries(
      this.platform.secrets.map((secret) => {
        const keys = Object.entries(secret.sources).map(([key, source]) => [
          key,
          source.kind === 'constant' ? `=${source.value}` : source.kind,
        ]);
        return [
          `${secret.mount.path}/${secret.path}`,
          keys.length > 0
            ? Object.fromEntries(keys)
            : secret.writtenBy === 'application'
              ? 'run time'
              : 'supplied as a whole',
        ];
      }),
    );
  }

  /** All resources of a type in one stack. */
  public all(stack: 'vault' | 'access' | 'services', type: string): Resource[] {
    return Object.values(resources(this.stacks[stack], type));
  }

  /** All containers, those of the server and those that only copy files included, by name. */
  public containers(): Record<string, Resource> {
    return this.byContainer((container) => container);
  }

  /** The agents, by name. */
  public agents(): Record<string, Resource> {
    return Object.fromEntries(Object.entries(this.containers()).filter(([name]) => name.endsWith('-agent')));
  }

  private byContainer<T>(select: (container: Resource) => T): Record<string, T> {
    return Object.fromEntries(
      [...this.all('vault', 'docker_container'), ...this.all('services', 'docker_container')].map(
        (container) => [container.name as string, select(container)],
      ),
    );
  }

  private withHolder(value: string): string {
    const [, type = '', address = ''] =
      /^\$\{([a-z_]+)\.([\w-]+)\.(?:client_token|wrapping_token)\}$/.exec(value) ?? [];
    const credential = resources(this.stacks.services, type)[address];
    if (!credential) return value;
    return type === 'vault_token'
      ? `token of ${(credential.policies as string[]).join(', ')}`
      : `wrapped secret-id of ${credential.role_name}`;
  }
}
