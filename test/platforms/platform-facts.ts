import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { App } from 'cdktf';
import { Environment } from '../../constructs/environment';
import { namesASecret } from '../../constructs/literal-secrets';
import type { Platform } from '../../stacks/platform';
import { resources, type SynthesizedStack, synth, testApp } from '../helper';

/** One platform of the repository, synthesized for development. */
export class PlatformFacts {
  public readonly platform: Platform;
  public readonly app: App;
  public readonly stacks: Readonly<Record<'vault' | 'access' | 'services', SynthesizedStack>>;

  public constructor(declare: (app: App, environment: Environment) => Platform) {
    this.app = testApp();
    this.platform = declare(this.app, Environment.development());
    const [vault, access, services] = this.platform.stacks;
    this.stacks = { vault: synth(vault), access: synth(access), services: synth(services) };
  }

  /** All three stacks as the text that is written to disk. */
  public get written(): string {
    return JSON.stringify(this.stacks);
  }

  /** Variables by container. A token is shown as the policies that it has. */
  public environments(): Record<string, Record<string, string>> {
    return this.byContainer((container) =>
      Object.fromEntries(
        ((container.env ?? []) as string[])
          .filter((line) => !line.startsWith('AGENT_CONFIGURATION='))
          .map((line) => {
            const at = line.indexOf('=');
            return [line.slice(0, at), this.tokenHolder(line.slice(at + 1))];
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
      Object.values(resources(this.stacks.access, 'vault_policy')).map(({ name, policy }) => [
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

  /** Literals in the written stacks at a place that holds a secret. Empty when all is well. */
  public literalSecrets(): string[] {
    const found: string[] = [];
    const rootToken = this.platform.vault.developmentRootToken;
    walk(this.stacks, (where, value) => {
      const name = where.at(-1) as string;
      if (where.includes('//') || value === rootToken) return;
      if (namesASecret(name) && !value.includes('${') && !where.includes('variable'))
        found.push(`${where.join('.')} = ${value}`);
      for (const [, key, literal] of value.matchAll(/"([\w.-]+)" = "((?:[^"\\]|\\.)*)"/g)) {
        if (namesASecret(key as string)) found.push(`${where.join('.')}: ${key} = ${literal}`);
      }
      const variable = /^([A-Z][A-Z0-9_]*)=(.*)$/s.exec(value);
      if (variable && namesASecret(variable[1] as string) && !(variable[2] as string).startsWith('${')) {
        found.push(`${where.join('.')} = ${value}`);
      }
    });
    return found;
  }

  /** Where the development root token stands in the written stacks. */
  public placesOfRootToken(): string[] {
    const places: string[] = [];
    walk(this.stacks, (where, value) => {
      if (value.includes(this.platform.vault.developmentRootToken))
        places.push(where.filter((one) => !/^\d+$/.test(one)).join('.'));
    });
    return places.map((place) => place.replace(/server_container_[0-9A-F]{8}/, 'server_container'));
  }

  private byContainer<T>(select: (container: Record<string, unknown>) => T): Record<string, T> {
    return Object.fromEntries(
      [this.stacks.vault, this.stacks.services]
        .flatMap((stack) => Object.values(resources(stack, 'docker_container')))
        .map((container) => [container.name as string, select(container)]),
    );
  }

  private tokenHolder(value: string): string {
    const address = /^\$\{vault_token\.([^.]+)\.client_token\}$/.exec(value)?.[1];
    if (!address) return value;
    const token = resources(this.stacks.services, 'vault_token')[address];
    return `token of ${((token?.policies ?? []) as string[]).join(', ')}`;
  }
}

/** Credentials that were once printed in documents: length and the beginning of their SHA-256. */
const BURNT = [
  { length: 20, sha256: '9991ade0b547d18a' },
  { length: 46, sha256: '8afa829c6f68fe0d' },
  { length: 47, sha256: 'ee7ee7c4ec1a10c0' },
];

/** Whether a text holds one of the burnt credentials, at any place. */
export function holdsBurntCredential(text: string, burnt = BURNT): boolean {
  return burnt.some(({ length, sha256 }) => {
    for (let i = 0; i + length <= text.length; i += 1) {
      const part = text.slice(i, i + length);
      if (!/\s/.test(part) && crypto.createHash('sha256').update(part).digest('hex').startsWith(sha256))
        return true;
    }
    return false;
  });
}

/** The source of all declarations. */
export function declarationSources(): string {
  const folder = path.join(__dirname, '../../platforms');
  return fs
    .readdirSync(folder)
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
}

function walk(
  value: unknown,
  visit: (where: readonly string[], value: string) => void,
  where: readonly string[] = [],
): void {
  if (typeof value === 'string') visit(where, value);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) walk(one, visit, [...where, name]);
  }
}
