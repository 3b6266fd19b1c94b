import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CommandResult } from './command';
import { progress } from './command';
import { inspect } from './engine';
import {
  containerNames,
  containersOf,
  type ExpectedPlatform,
  environmentOf,
  isLasting,
  splitPath,
  usesTls,
} from './expectation';
import { removeEnvironment } from './host-objects';
import { tokenOf } from './identities';
import type { Parts } from './parts';
import { Project, stacksOf } from './project';
import type { NamedValue } from './secrecy';
import { type SuppliedValues, supply } from './supplied';
import { VaultClient } from './vault';

/** One platform in one environment, from the first deploy to its end. */
export class Deployment {
  /** `<platform>-<environment>`. */
  public readonly environment: string;
  public readonly project: Project;
  public readonly supplied: SuppliedValues;
  /** The server, from the host. */
  public readonly address: string;
  /** Volumes that containers had at some time, those without a name of ours included. */
  public readonly volumes = new Set<string>();
  /** Secrets that Vault does not tell: of people, and those of before. */
  public readonly remembered: NamedValue[] = [];
  /** What the holders decrypted. */
  public shares: readonly string[] = [];
  private mighty: VaultClient | undefined;

  public constructor(
    public readonly platform: ExpectedPlatform,
    public readonly parts: Parts,
  ) {
    this.environment = environmentOf(platform);
    this.project = Project.create(this.environment, contextOf([[platform, parts]]), parts.offlineProviders);
    this.supplied = supply(platform);
    const scheme = usesTls(platform) ? 'https' : 'http';
    this.address = `${scheme}://127.0.0.1:${platform.vault.hostPort}`;
    const { rootToken } = platform.vault;
    if (rootToken !== undefined) this.mighty = this.client(rootToken);
  }

  public get stacks(): readonly string[] {
    return stacksOf(this.environment);
  }

  /** Vault as somebody sees it who may do everything. */
  public get root(): VaultClient {
    if (!this.mighty) throw new Error(`nobody may do everything in '${this.environment}' yet`);
    return this.mighty;
  }

  /** A token that may do everything, for the tests to look with. */
  public lookWith(token: string): void {
    this.mighty = this.client(token);
    this.remembered.push({ name: 'token of the tests', value: token });
  }

  /** Remembers what holders know by now. */
  public giveOut(shares: readonly string[]): void {
    this.shares = shares;
    for (const [i, value] of shares.entries()) this.remembered.push({ name: `share ${i + 1}`, value });
  }

  /** Exports the operator's token, as the one who deploys does. */
  public exportToken(token: string): void {
    this.project.exported.VAULT_TOKEN = token;
    this.remembered.push({ name: 'token of the operator', value: token });
  }

  /** Vault as the holder of a token sees it from the host. */
  public client(token: string): VaultClient {
    return new VaultClient(
      this.address,
      token,
      usesTls(this.platform) ? fs.readFileSync(this.caFile, 'utf8') : undefined,
    );
  }

  /** The certificate of the authority that signed for the server. */
  public get caFile(): string {
    return path.join(this.project.folder, 'certificates', this.environment, 'ca.pem');
  }

  /** Deploys everything, with the values that people supply or without. */
  public deploy(how: 'with supplied values' | 'without supplied values'): Promise<CommandResult> {
    progress(`${this.environment}: deploy ${how}`);
    return this.project.deploy(
      `${this.environment}-*`,
      how === 'with supplied values' ? this.supplied.variables : {},
    );
  }

  public destroy(): Promise<CommandResult> {
    progress(`${this.environment}: destroy`);
    return this.project.destroy(`${this.environment}-*`);
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

  /** A token of the identity of a container. */
  public tokenOf(container: string): Promise<string> {
    return tokenOf(this.platform, this.parts, container);
  }

  /** Vault as the identity of a container sees it. */
  public async clientOf(container: string): Promise<VaultClient> {
    return this.client(await this.tokenOf(container));
  }

  /** The agents: beside every container that is given something, except by the definition of a container itself. */
  public get agents(): readonly string[] {
    return containersOf(this.platform)
      .filter(({ container }) => container.agent)
      .map(({ containerName }) => `${containerName}-agent`);
  }

  /** Whether the server keeps what it was given. */
  public get isLasting(): boolean {
    return isLasting(this.platform);
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
    platforms.map(([platform, { distribution, images }]) => [
      environmentOf(platform),
      { distribution, images },
    ]),
  );
}
