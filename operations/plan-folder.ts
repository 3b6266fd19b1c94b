import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DeployableEnvironment } from './environments';
import type { PlannedStack } from './planned-stacks';
import { replacePrivateFile } from './private-file';

const FOLDER = path.join('cdktf.out', 'plans');

/** Where plans lie for a review, as JSON. They hold secrets, so they are for this user alone, and git ignores them. */
export class PlanFolder {
  public constructor(private readonly environment: DeployableEnvironment) {}

  /** Removes the plans of this environment that were made before: they are not of what is planned now. */
  public clear(): void {
    for (const name of this.environment.stackNames) fs.rmSync(this.fileOf(name), { force: true });
  }

  /**
   * Writes a plan, whole or not at all.
   *
   * @returns its file
   */
  public write({ name, json }: PlannedStack): string {
    fs.mkdirSync(FOLDER, { recursive: true });
    fs.chmodSync(FOLDER, 0o700);
    const file = this.fileOf(name);
    replacePrivateFile(file, json);
    return file;
  }

  private fileOf(stack: string): string {
    return path.join(FOLDER, `${stack}.json`);
  }
}
