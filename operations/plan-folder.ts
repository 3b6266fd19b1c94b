import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DeployableEnvironment } from './environments';
import { OperationError } from './operation-error';
import type { PlannedStack } from './planned-stacks';
import { replacePrivateFile } from './private-file';

const FOLDER = path.join('cdktf.out', 'plans');

/** Where plans lie for a review, as JSON. They hold secrets, so they are for this user alone, and git ignores them. */
export class PlanFolder {
  public constructor(private readonly environment: DeployableEnvironment) {}

  /**
   * Removes the plans of this environment that were made before: they are not of what is planned now.
   *
   * @throws OperationError where the folder is not this user's own
   */
  public clear(): void {
    this.requireOwnFolder();
    for (const name of this.environment.stackNames) fs.rmSync(this.fileOf(name), { force: true });
  }

  /**
   * As {@link clear}, after something has changed: the plans are of no use then, and hold secrets all the same. What was
   * done is done, so that where they cannot be removed is only said.
   */
  public forget(say: (line: string) => void): void {
    try {
      this.clear();
    } catch (error) {
      const why = error instanceof OperationError ? error.problems : [(error as NodeJS.ErrnoException).code];
      say(`warning: plans of before stay, and hold secrets: ${why.join('; ')}`);
    }
  }

  /**
   * Writes a plan, whole or not at all.
   *
   * @returns its file
   */
  public write({ name, json }: PlannedStack): string {
    this.requireOwnFolder();
    fs.mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
    fs.chmodSync(FOLDER, 0o700);
    const file = this.fileOf(name);
    replacePrivateFile(file, json);
    return file;
  }

  /** Through a link the plans would lie where it points to, and that folder be closed for all others. */
  private requireOwnFolder(): void {
    const known = fs.lstatSync(FOLDER, { throwIfNoEntry: false });
    if (!known) return;
    const isOwn = known.uid === (process.getuid?.() ?? known.uid);
    if (known.isDirectory() && isOwn) return;
    const got = known.isSymbolicLink()
      ? 'a link'
      : known.isDirectory()
        ? "somebody else's"
        : 'something else';
    throw new OperationError([
      `'${FOLDER}' must be a folder of your own, since plans hold secrets, got ${got}; remove it`,
    ]);
  }

  private fileOf(stack: string): string {
    return path.join(FOLDER, `${stack}.json`);
  }
}
