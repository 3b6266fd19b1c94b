import * as fs from 'node:fs';
import * as path from 'node:path';
import type { EncryptedShare } from './holders';
import { OperationError } from './operation-error';
import { writePrivateFile } from './private-file';

/** Where the encrypted shares of an environment go until their holders fetch them: `shares/<environment>/`. */
export class ShareFolder {
  /** Relative to the project. */
  public readonly path: string;

  /** @param project its folder */
  public constructor(
    private readonly project: string,
    private readonly environment: string,
  ) {
    this.path = path.join('shares', environment);
  }

  /**
   * Makes it, and makes sure that something can be written there: a server cannot be asked for its shares twice.
   * @throws OperationError where it cannot, or where shares are there already
   */
  public prepare(): void {
    const folder = path.join(this.project, this.path);
    let names: string[];
    try {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      fs.chmodSync(folder, 0o700);
      names = fs.readdirSync(folder).filter((name) => !name.startsWith('.'));
      const rehearsal = path.join(folder, `.${process.pid}`);
      writePrivateFile(rehearsal, 'a rehearsal\n');
      fs.unlinkSync(rehearsal);
    } catch (error) {
      throw new OperationError([
        `'${this.path}' must be a folder that can be written, got ${(error as NodeJS.ErrnoException).code}; make room for the shares`,
      ]);
    }
    if (names.length === 0) return;
    throw new OperationError([
      `'${this.path}' must be empty before ${this.environment} is initialised, got ${names.join(', ')}; these are shares of an older server: move them away`,
    ]);
  }

  /** Writes the shares, each in a file of its own that only this user can read. */
  public write(shares: readonly EncryptedShare[]): void {
    for (const { fileName, content } of shares)
      writePrivateFile(path.join(this.project, this.path, fileName), content);
  }
}
