import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type LastDeploy, lastDeployIn } from './last-deploy';
import type { Captured, Machine } from './machine';
import { OperationError } from './operation-error';
import type { StackFile } from './stack-file';
import type { StackState } from './stack-state';
import { causeOf } from './state-causes';
import { STRAY_TERRAFORM_VARIABLES } from './stray-variables';
import { terraformProgram } from './terraform';

/**
 * A state in PostgreSQL, S3 or behind HTTP, read by Terraform, which has the clients and finds the credentials. It
 * does so in a folder with nothing but the stack's backend, hence without providers and within a fraction of a
 * second. What it reads stays in memory, and nothing that it says is repeated: a state is full of tokens, and an
 * error of Terraform may quote a connection string.
 */
export class RemoteState implements StackState {
  public constructor(
    private readonly stack: StackFile,
    private readonly machine: Machine,
  ) {}

  public async read(): Promise<LastDeploy> {
    const problem = this.missingVariable();
    if (problem) throw new OperationError([problem]);
    return this.inFolder((folder) => this.readIn(folder));
  }

  /** The PostgreSQL client would try the machine's own server instead. */
  private missingVariable(): string | undefined {
    if (this.stack.backend.type !== 'pg' || this.machine.variables.PG_CONN_STR) return undefined;
    return `'PG_CONN_STR' must hold the connection string of the database with the state of ${this.stack.name}, got nothing; write it as postgres://<user>:<password>@<host>/<database>`;
  }

  private async readIn(folder: string): Promise<LastDeploy> {
    const problem = await this.initProblem(folder);
    if (problem) throw new OperationError([problem]);
    const pulled = await this.terraform(folder, 'state', 'pull');
    const lastDeploy = pulled.status === 0 ? lastDeployIn(pulled.stdout) : undefined;
    if (!lastDeploy) throw new OperationError([this.problemOf(pulled.failure)]);
    return lastDeploy;
  }

  /** Connects, and reads the state without keeping it. */
  private async initProblem(folder: string): Promise<string | undefined> {
    const { status, stdout, failure } = await this.terraform(folder, 'init', '-input=false', '-json');
    return status === 0 ? undefined : this.problemOf(errorsIn(stdout).join('\n') || failure);
  }

  private problemOf(message: string): string {
    const { name, backend } = this.stack;
    const { got, remedy } = causeOf(backend.type, message);
    return `'state' of ${name} must be readable from its backend '${backend.type}', got ${got}; ${remedy ?? `run terraform init in ${this.stack.folder} to see why`}`;
  }

  private terraform(folder: string, ...args: readonly string[]): Promise<Captured> {
    return this.machine.capture(terraformProgram(this.machine), [`-chdir=${folder}`, ...args], {
      CHECKPOINT_DISABLE: '1',
      ...STRAY_TERRAFORM_VARIABLES,
      // One of the caller's would be that of another stack.
      TF_DATA_DIR: path.join(folder, '.terraform'),
    });
  }

  private async inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'state-'));
    const { type, settings } = this.stack.backend;
    try {
      fs.writeFileSync(
        path.join(folder, 'main.tf.json'),
        JSON.stringify({ terraform: { backend: { [type]: settings } } }),
      );
      return await use(folder);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** The errors among the lines of JSON that Terraform prints. */
function errorsIn(output: string): string[] {
  return output.split('\n').flatMap((line) => {
    try {
      const { diagnostic } = JSON.parse(line) as {
        diagnostic?: { severity?: string; summary?: string; detail?: string };
      };
      return diagnostic?.severity === 'error' ? [`${diagnostic.summary}\n${diagnostic.detail}`] : [];
    } catch {
      return [];
    }
  });
}
