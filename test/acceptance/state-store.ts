import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { StateBackend } from '../../constructs/state-backend';
import { attempt, run } from './command';

/** A running store for states, and everything that a test has to know of it. */
export interface StateStore {
  readonly state: StateBackend;
  /** With which Terraform finds it and is let in. */
  readonly variables: Readonly<Record<string, string>>;
  /** What must be in no file, by name. */
  readonly credentials: Readonly<Record<string, string>>;
  /** What Terraform says to the one who comes second. */
  readonly lockMessage: RegExp;
  /** Connections that cannot work. */
  readonly refusals: readonly StateRefusal[];
  /** What holds the states of stacks, by their names: schemas, objects, addresses. */
  places(): Promise<string[]>;
  stop(): Promise<void>;
}

export interface StateRefusal {
  readonly what: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The store's own state, or another that is declared wrongly. */
  readonly state?: StateBackend;
  /** What a command says of it, after its property and its rule. */
  readonly got: string;
}

const PREFIX = 'vault-platforms-state-';

/** A name for something of this run, by which a later run can tell whether it was left behind. */
export function ownName(what: string): string {
  return `${PREFIX}${process.pid}-${what}`;
}

/** A word that nobody could have written anywhere by chance. It has what an address or a shell could trip over. */
export function password(): string {
  return `p@ss:/?#%$&${randomBytes(12).toString('hex')}`;
}

export function temporaryFolder(what: string): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), `${ownName(what)}-`));
}

/** Starts a container whose port is published on a free port of the loopback interface. */
export async function startContainer(
  what: string,
  image: string,
  port: number,
  env: Readonly<Record<string, string>>,
  command: readonly string[] = [],
): Promise<{ readonly name: string; readonly port: number; remove(): Promise<void> }> {
  const name = ownName(what);
  // Values of variables are not on the command line.
  const names = Object.keys(env).flatMap((variable) => ['--env', variable]);
  const published = ['--publish', `127.0.0.1::${port}`];
  await run('docker', ['run', '--detach', '--name', name, ...published, ...names, image, ...command], {
    env,
  });
  const remove = async () => void (await run('docker', ['rm', '--force', '--volumes', name]));
  try {
    const [address = ''] = (await run('docker', ['port', name, String(port)])).split('\n');
    return { name, port: Number(address.split(':').at(-1)), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Removes what killed runs left: containers and folders. */
export async function removeLeftovers(): Promise<void> {
  const containers = (await run('docker', ['ps', '--all', '--format', '{{.Names}}'])).split('\n');
  // Test files run in parallel, and another one may be faster.
  for (const name of containers.filter(isLeftover))
    await attempt('docker', ['rm', '--force', '--volumes', name]);
  for (const name of fs.readdirSync(os.tmpdir()).filter(isLeftover)) {
    fs.rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}

function isLeftover(name: string): boolean {
  if (!name.startsWith(PREFIX)) return false;
  try {
    process.kill(Number(name.slice(PREFIX.length).split('-')[0]), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
