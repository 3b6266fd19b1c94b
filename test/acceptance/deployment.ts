import { randomBytes, randomInt } from 'node:crypto';
import type { CommandResult } from './command';
import { progress } from './command';
import { type EngineObject, existing, inspect, remove, variablesOf } from './engine';
import { containerNames, type ExpectedPlatform, splitPath } from './expectation';
import type { Parts } from './parts';
import { Project, stacksOf } from './project';
import { VaultClient } from './vault';

/** What a test supplies in place of a person. */
export interface SuppliedValues {
  /** As a shell sets them. */
  readonly variables: Readonly<Record<string, string>>;
  /** The same values as Vault holds them, by secret. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** One platform's development environment, from the first deploy to its end. */
export class Deployment {
  public readonly project: Project;
  public readonly supplied: SuppliedValues;
  /** Vault as Terraform sees it. */
  public readonly root: VaultClient;
  public readonly address: string;
  /** Volumes that containers had at some time, those without a name of ours included. */
  public readonly volumes = new Set<string>();

  public constructor(
    public readonly platform: ExpectedPlatform,
    public readonly parts: Parts,
  ) {
    this.project = Project.create(platform.name, contextOf([[platform, parts]]), parts.offlineProviders);
    this.supplied = supply(platform);
    this.address = `http://127.0.0.1:${platform.vault.hostPort}`;
    this.root = new VaultClient(this.address, platform.vault.rootToken);
  }

  public get stacks(): readonly string[] {
    return stacksOf(this.platform.name);
  }

  /** Deploys everything, with the values that people supply or without. */
  public deploy(how: 'with supplied values' | 'without supplied values'): Promise<CommandResult> {
    progress(`${this.platform.name}: deploy ${how}`);
    return this.project.deploy(
      `${this.platform.name}-development-*`,
      how === 'with supplied values' ? this.supplied.variables : {},
    );
  }

  public destroy(): Promise<CommandResult> {
    progress(`${this.platform.name}: destroy`);
    return this.project.destroy(`${this.platform.name}-development-*`);
  }

  /** Takes away what a destroy left, so that a failed run leaves nothing. */
  public async cleanUp(): Promise<void> {
    await removeEnvironment(this.platform);
    this.project.delete();
  }

  /** Remembers the volumes of all containers, to see later that they are gone. */
  public async rememberVolumes(): Promise<void> {
    const inspected = await inspect(containerNames(this.platform));
    for (const { Mounts } of inspected.values()) {
      for (const { Name } of Mounts) if (Name) this.volumes.add(Name);
    }
  }

  /** The token in the definition of a container. */
  public async tokenOf(container: string): Promise<string> {
    const inspected = (await inspect([container])).get(container);
    const token = variablesOf(inspected?.Config.Env ?? []).VAULT_TOKEN;
    if (!token) throw new Error(`'${container}' has no VAULT_TOKEN`);
    return token;
  }

  /** Vault as the identity of a container sees it. */
  public async clientOf(container: string): Promise<VaultClient> {
    return new VaultClient(this.address, await this.tokenOf(container));
  }

  /** Writes what applications and people write at run time. */
  public async writeRuntimeSecrets(): Promise<void> {
    for (const [secret, expected] of Object.entries(this.platform.secrets)) {
      if ('runtime' in expected) await this.root.writeSecret(...splitPath(secret), expected.runtime);
    }
  }
}

/** The inputs of cdktf.json's `context` for the images of this machine. */
export function contextOf(
  platforms: readonly (readonly [ExpectedPlatform, Parts])[],
): Record<string, unknown> {
  return Object.fromEntries(
    platforms.map(([{ name }, { distribution, images }]) => [
      `${name}-development`,
      { distribution, images },
    ]),
  );
}

function supply(platform: ExpectedPlatform): SuppliedValues {
  const variables: Record<string, string> = {};
  const secrets: Record<string, Record<string, string>> = {};
  for (const [secret, expected] of Object.entries(platform.secrets)) {
    if ('map' in expected) {
      // With everything that a shell, a template or a JSON parser could trip over.
      const data = { API_KEY: randomText(), QUOTED: `it's "${randomText()}" of $HOME` };
      variables[expected.map] = JSON.stringify(data);
      secrets[secret] = data;
    } else if ('keys' in expected) {
      for (const [key, source] of Object.entries(expected.keys)) {
        if (typeof source === 'string' || 'generated' in source) continue;
        const value = source.kind === 'number' ? `-${randomInt(1e11, 1e12)}` : randomText();
        variables[source.variable] = value;
        secrets[secret] = { ...secrets[secret], [key]: value };
      }
    }
  }
  return { variables, secrets };
}

function randomText(): string {
  return randomBytes(18).toString('hex');
}

/** What a platform has on the Docker host, by kind, in the order of removal. */
function objectsOf(platform: ExpectedPlatform): readonly (readonly [EngineObject, readonly string[]])[] {
  return [
    ['container', containerNames(platform)],
    ['volume', platform.volumes],
    ['network', [platform.network]],
  ];
}

/** The names of all objects of a platform that exist, with their kind. */
export async function remainsOf(platform: ExpectedPlatform): Promise<string[]> {
  const found = await Promise.all(
    objectsOf(platform).map(async ([kind, names]) =>
      (await existing(kind, names)).map((name) => `${kind} ${name}`),
    ),
  );
  return found.flat();
}

/** Removes a platform from the Docker host by the names of its objects. */
export async function removeEnvironment(platform: ExpectedPlatform): Promise<void> {
  for (const [kind, names] of objectsOf(platform)) await remove(kind, names);
}

/**
 * Makes sure that the names of a platform are free. What a killed run left behind is removed; a developer's own
 * environment is not, since its database would be lost.
 */
export async function claimNames(platform: ExpectedPlatform): Promise<void> {
  const leftovers = Project.leftovers().filter((project) => project.isOf(platform.name));
  if (leftovers.length > 0) {
    progress(`${platform.name}: removing what a killed run left`);
    await removeEnvironment(platform);
    for (const project of leftovers) project.forget(platform.name);
  }
  const remains = await remainsOf(platform);
  if (remains.length > 0) {
    throw new Error(
      `the tests deploy an environment of '${platform.name}', and one is here already: ${remains.join(', ')}; destroy it first`,
    );
  }
}
