import * as fs from 'node:fs';
import { App } from 'cdktf';
import { forgetCreationStacks } from './creation-stacks';
import { OutputFolder } from './output-folder';
import { summary } from './summary';

/** Where the context key of the final output folder is kept for the stacks. */
export const OUTPUT_FOLDER = 'outputFolder';

/** The app: all platforms in all environments. Its output appears whole, or not at all. */
export class PlatformApp extends App {
  private readonly folder: OutputFolder;

  /** @param outdir where the stacks go */
  public constructor(outdir: string) {
    forgetCreationStacks();
    const folder = new OutputFolder(outdir);
    // Validation is done here for all stacks at once, before the first one is written.
    super({ outdir: folder.staging, skipValidation: true, stackTraces: false, context: contextOfProject() });
    this.node.setContext(OUTPUT_FOLDER, outdir);
    this.folder = folder;
  }

  /**
   * Checks everything, then writes everything.
   *
   * @throws with all problems of all stacks; the output folder is then as it was before
   */
  public override synth(): void {
    try {
      this.write();
      this.folder.publish();
    } finally {
      this.folder.discard();
    }
  }

  /** Writes to the staging folder, which runs the aspects, and validates what they left. */
  private write(): void {
    let failure: unknown;
    try {
      super.synth();
    } catch (error) {
      failure = error;
    }
    const problems = this.node
      .findAll()
      .flatMap(({ node }) => node.validate().map((problem) => `[${node.path}] ${problem}`));
    // What could not be written is often among them, and they are all of them.
    if (problems.length > 0) throw new Error(problems.join('\n'));
    if (failure) throw failure;
  }
}

/**
 * Runs a declaration and writes its stacks: what main.ts does. Prints a summary unless the CDKTF command line
 * runs it, which has a display of its own. An error is printed as one message and sets the exit code.
 */
export function synthesize(declare: (app: PlatformApp) => void): void {
  const outdir = process.env.CDKTF_OUTDIR;
  try {
    const app = new PlatformApp(outdir ?? 'cdktf.out');
    declare(app);
    app.synth();
    if (!outdir) process.stdout.write(summary(app));
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env.DEBUG ? (error.stack ?? error.message) : `error: ${error.message}`;
}

/** The `context` of cdktf.json, which the CDKTF command line passes on and a direct run reads itself. */
function contextOfProject(): Record<string, unknown> {
  if (process.env.CDKTF_CONTEXT_JSON || !fs.existsSync('cdktf.json')) return {};
  const { context } = JSON.parse(fs.readFileSync('cdktf.json', 'utf8')) as {
    context?: Record<string, unknown>;
  };
  return context ?? {};
}
