import * as fs from 'node:fs';
import * as path from 'node:path';
import { StackFile } from './stack-file';

/** In the order of their deploy. */
export const PARTS = ['vault', 'access', 'services'] as const;
/** A stack of an environment. */
export type Part = (typeof PARTS)[number];

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly workingDirectory: string }>>;
}

/** A platform in one environment, as it was synthesized. */
export interface DeployableEnvironment {
  /** `<platform>-<environment>`. */
  readonly name: string;
  /** Names of its stacks, in the order of their deploy. */
  readonly stackNames: readonly string[];
  readonly stacks: Readonly<Record<Part, StackFile>>;
}

/** The environments that a synth wrote. */
export class Environments {
  private readonly manifest: Manifest;

  /** @param folder where the synth wrote to */
  public constructor(public readonly folder: string) {
    this.manifest = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as Manifest;
  }

  /** Of all stacks, those of no environment too. */
  public get stackNames(): readonly string[] {
    return Object.keys(this.manifest.stacks);
  }

  /** In alphabetical order. */
  public get names(): readonly string[] {
    const { stacks } = this.manifest;
    return Object.keys(stacks)
      .filter((stack) => stack.endsWith('-access'))
      .map((stack) => stack.slice(0, -'-access'.length))
      .filter((name) => PARTS.every((part) => Object.hasOwn(stacks, `${name}-${part}`)))
      .sort();
  }

  /** One of {@link names}. */
  public get(name: string): DeployableEnvironment {
    return {
      name,
      stackNames: PARTS.map((part) => `${name}-${part}`),
      stacks: {
        vault: this.stack(`${name}-vault`),
        access: this.stack(`${name}-access`),
        services: this.stack(`${name}-services`),
      },
    };
  }

  private stack(name: string): StackFile {
    return new StackFile(path.join(this.folder, this.manifest.stacks[name]?.workingDirectory ?? name));
  }
}
