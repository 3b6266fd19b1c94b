import * as fs from 'node:fs';
import * as path from 'node:path';
import { OperationError } from './operation-error';
import { replacePrivateFile } from './private-file';

/** What a development machine keeps of a server. */
export interface Credentials {
  readonly address: string;
  /** The only share. */
  readonly share: string;
  /** The operator's; not there until the server is set up. */
  readonly token?: string;
  /** SHA-256 of the policy that the token has. */
  readonly policy?: string;
}

/** Where the share and the token of a development server are: `credentials/<environment>.json`, for this user alone. */
export class CredentialsFile {
  /** Relative to the project. */
  public readonly path: string;
  private readonly file: string;

  /** @param project its folder */
  public constructor(project: string, environment: string) {
    this.path = path.join('credentials', `${environment}.json`);
    this.file = path.join(project, this.path);
  }

  /**
   * @returns `undefined` where there is none
   * @throws OperationError where it cannot be read, without a part of it
   */
  public read(): Credentials | undefined {
    let text: string;
    try {
      text = fs.readFileSync(this.file, 'utf8');
      // Somebody may have copied it.
      fs.chmodSync(this.file, 0o600);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return undefined;
      throw new OperationError([`'${this.path}' must be a file that can be read, got ${code}; correct it`]);
    }
    const content = parsed(text);
    if (content) return content;
    throw new OperationError([
      `'${this.path}' must hold address and share as JSON, got something else; restore it, or move it away and remove the server's volume`,
    ]);
  }

  /** Replaces it as a whole. */
  public write(credentials: Credentials): void {
    replacePrivateFile(this.file, `${JSON.stringify(credentials, undefined, 2)}\n`);
  }

  /**
   * Moves it away, since the server is another one now. Nothing is overwritten.
   * @returns its new name
   */
  public setAside(): string {
    for (let i = 1; ; i += 1) {
      const name = `${this.path}.${i}.old`;
      const file = path.join(path.dirname(this.file), path.basename(name));
      if (fs.existsSync(file)) continue;
      fs.renameSync(this.file, file);
      return name;
    }
  }
}

function parsed(text: string): Credentials | undefined {
  try {
    const { address, share, token, policy } = JSON.parse(text) as Partial<Credentials>;
    if (typeof address !== 'string' || typeof share !== 'string' || share === '') return undefined;
    return {
      address,
      share,
      ...(typeof token === 'string' && { token }),
      ...(typeof policy === 'string' && { policy }),
    };
  } catch {
    return undefined;
  }
}
