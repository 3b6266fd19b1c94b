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

  public async read(): Promise<LastDeploy> {
    if (!fs.existsSync(this.file)) return NEVER_DEPLOYED;
    const lastDeploy = lastDeployIn(fs.readFileSync(this.file, 'utf8'));
    if (lastDeploy) return lastDeploy;
    throw new OperationError([
      `'state' must be readable JSON, got '${path.basename(this.file)}', which is not; restore it from its .backup`,
    ]);
  }
}
