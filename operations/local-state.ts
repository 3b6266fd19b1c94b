import * as fs from 'node:fs';
import * as path from 'node:path';
import { type LastDeploy, lastDeployIn, NEVER_DEPLOYED } from './last-deploy';
import { OperationError } from './operation-error';
import type { StackFile } from './stack-file';
import type { StackState } from './stack-state';

/** A state in a file of the project: that of a development environment. */
export class LocalState implements StackState {
  public static of({ folder, backend: { settings } }: Pick<StackFile, 'folder' | 'backend'>): LocalState {
    return new LocalState(path.resolve(folder, String(settings.path ?? 'terraform.tfstate')));
  }

  private constructor(private readonly file: string) {}

  public async problem(): Promise<string | undefined> {
    return this.readFile() ? undefined : this.unreadable;
  }

  public async read(): Promise<LastDeploy> {
    return this.lastDeploy;
  }

  /** As {@link read}, at once. */
  public get lastDeploy(): LastDeploy {
    const lastDeploy = this.readFile();
    if (!lastDeploy) throw new OperationError([this.unreadable]);
    return lastDeploy;
  }

  private readFile(): LastDeploy | undefined {
    return fs.existsSync(this.file) ? lastDeployIn(fs.readFileSync(this.file, 'utf8')) : NEVER_DEPLOYED;
  }

  private get unreadable(): string {
    return `'state' must be readable JSON, got '${path.basename(this.file)}', which is not; restore it from its .backup`;
  }
}
