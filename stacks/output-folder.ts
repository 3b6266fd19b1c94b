import * as fs from 'node:fs';
import * as path from 'node:path';

const STAGING = '.synth-';
const open = new Set<OutputFolder>();
process.once('exit', () => {
  for (const folder of open) folder.discard();
});

/**
 * The folder for synthesized stacks. They are written to a folder inside it first and then moved, the manifest
 * last, so that a failed or interrupted synth leaves what was there before.
 */
export class OutputFolder {
  /** Where the stacks are written before they are published. */
  public readonly staging: string;
  private readonly created: boolean;

  public constructor(private readonly target: string) {
    this.created = !fs.existsSync(target);
    fs.mkdirSync(target, { recursive: true });
    this.removeLeftovers();
    this.staging = fs.mkdtempSync(path.join(target, `${STAGING}${process.pid}-`));
    open.add(this);
  }

  /** Moves the stacks to their place and removes stacks that are declared no more. */
  public publish(): void {
    const written = path.join(this.staging, 'stacks');
    const stacks = fs.existsSync(written) ? fs.readdirSync(written) : [];
    fs.mkdirSync(path.join(this.target, 'stacks'), { recursive: true });
    const before = this.publishedStacks();
    for (const stack of new Set([...before, ...stacks])) this.removeOldPlan(stack);
    for (const stack of stacks) fs.mkdirSync(path.join(this.target, 'stacks', stack), { recursive: true });
    for (const stack of stacks) {
      const folder = path.join(this.target, 'stacks', stack);
      for (const file of fs.readdirSync(path.join(written, stack))) {
        fs.renameSync(path.join(written, stack, file), path.join(folder, file));
      }
    }
    this.publishReview();
    fs.renameSync(path.join(this.staging, 'manifest.json'), path.join(this.target, 'manifest.json'));
    for (const stack of before.filter((one) => !stacks.includes(one))) {
      const folder = path.join(this.target, 'stacks', stack);
      // Providers and locks of a stack that is gone; its state is kept elsewhere.
      if (fs.existsSync(path.join(folder, 'cdk.tf.json'))) fs.rmSync(folder, { recursive: true });
    }
  }

  /** A plan of a stack that is another one now, or gone: it must not be taken for a plan of what is declared. */
  private removeOldPlan(stack: string): void {
    const [before, now] = [this.target, this.staging].map((folder) => {
      const file = path.join(folder, 'stacks', stack, 'cdk.tf.json');
      return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
    });
    if (before !== now) fs.rmSync(path.join(this.target, 'plans', `${stack}.json`), { force: true });
  }

  /** Reports of rules, alone where the stacks may not be published. Those of an earlier synth are of other stacks. */
  public publishReview(): void {
    const [written, folder] = [this.staging, this.target].map((one) => path.join(one, 'review')) as [
      string,
      string,
    ];
    if (!fs.existsSync(written)) return;
    fs.mkdirSync(folder, { recursive: true });
    for (const file of fs.readdirSync(written)) {
      fs.renameSync(path.join(written, file), path.join(folder, file));
    }
  }

  /** What an earlier synth published. Nothing else in the folder is this app's to remove. */
  private publishedStacks(): string[] {
    try {
      const manifest = JSON.parse(fs.readFileSync(path.join(this.target, 'manifest.json'), 'utf8'));
      return Object.keys(manifest.stacks).filter((name) => path.basename(name) === name);
    } catch {
      return [];
    }
  }

  /** Removes what was not published. */
  public discard(): void {
    open.delete(this);
    fs.rmSync(this.staging, { recursive: true, force: true });
    if (this.created && fs.existsSync(this.target) && fs.readdirSync(this.target).length === 0)
      fs.rmdirSync(this.target);
  }

  /** Staging folders of runs that were killed. */
  private removeLeftovers(): void {
    for (const name of fs.readdirSync(this.target).filter((one) => one.startsWith(STAGING))) {
      const pid = Number(name.slice(STAGING.length).split('-')[0]);
      if (!isRunning(pid)) fs.rmSync(path.join(this.target, name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
