import * as fs from 'node:fs';
import { App } from 'cdktf';
import { acknowledgementsIn } from '../constructs/acknowledgement';
import { OUTPUT_FOLDER } from '../constructs/project-file';
import { SYNTH_FOR_REVIEW } from '../constructs/synth-for-review';
import { loadPolicyParser } from '../policies/policy-text';
import type { Review } from '../review/rules-run';
import { forgetCreationStacks } from './creation-stacks';
import { strayInputs } from './inputs';
import { OutputFolder } from './output-folder';
import { Platform } from './platform';
import { problemsOfPresentCertificates } from './present-certificates';
import { summary } from './summary';
import { refuseOpenErrors, reviewSummary, reviewSynth } from './synth-review';

/** The app: all platforms in all environments. Its output appears whole, or not at all. */
export class PlatformApp extends App {
  private readonly folder: OutputFolder;

  /**
   * @param outdir where the stacks go
   * @param isForDeploy whether the CDKTF command line runs this, perhaps for a deploy: it has no place for a check
   * between synth and Terraform, so certificates are looked at here
   */
  public constructor(outdir: string, isForDeploy = false) {
    forgetCreationStacks();
    const context = contextOfProject();
    const folder = new OutputFolder(outdir);
    // Validation is done here for all stacks at once.
    super({ outdir: folder.staging, skipValidation: true, stackTraces: false, context });
    this.node.setContext(OUTPUT_FOLDER, outdir);
    this.folder = folder;
    this.node.addValidation({
      validate: () =>
        strayInputs(
          context,
          this.platforms.map(({ node }) => node.id),
        ),
    });
    if (isForDeploy) {
      this.node.addValidation({ validate: () => problemsOfPresentCertificates(this.platforms) });
    }
  }

  /** The platforms that were declared. */
  public get platforms(): readonly Platform[] {
    return this.node.children.filter((child): child is Platform => child instanceof Platform);
  }

  /**
   * Checks everything, then writes everything.
   *
   * @throws with all problems of all stacks; the output folder is then as it was before
   */
  public override synth(): void {
    this.staged(() => this.folder.publish());
  }

  /**
   * As {@link synth}, with all rules run over what is written before it is published, and their reports beside the stacks.
   *
   * @param isForReview whether stacks are published that rules refuse: to be looked at, never to be deployed
   * @throws also with all errors and fatal findings that nobody has acknowledged; of the output folder only the reports are
   * new then
   */
  public async synthReviewed(isForReview = false): Promise<Review> {
    await loadPolicyParser();
    return this.staged(() => {
      const review = reviewSynth(this.folder.staging, acknowledgementsIn(this));
      if (!isForReview) this.refuseOpenErrors(review);
      this.folder.publish();
      return review;
    });
  }

  private refuseOpenErrors(review: Review): void {
    try {
      refuseOpenErrors(review);
    } catch (error) {
      this.folder.publishReview();
      throw error;
    }
  }

  private staged<T>(publish: () => T): T {
    try {
      this.write();
      return publish();
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
      .flatMap(({ node }) => node.validate().map((problem) => `[${node.path || 'app'}] ${problem}`));
    // What could not be written is often among them, and they are all of them.
    if (problems.length > 0) throw new Error(problems.join('\n'));
    if (failure) throw failure;
  }
}

/**
 * Runs a declaration, reviews its stacks and writes them: what main.ts does. Prints a summary unless a command runs it
 * that has a display of its own. Errors are printed, each on a line of its own, and set the exit code.
 */
export async function synthesize(declare: (app: PlatformApp) => void): Promise<void> {
  const { CDKTF_OUTDIR: outdir, [SYNTH_FOR_REVIEW]: reviewed } = process.env;
  try {
    const app = new PlatformApp(reviewed ?? outdir ?? 'cdktf.out', !reviewed && outdir !== undefined);
    declare(app);
    const review = await app.synthReviewed(reviewed !== undefined);
    if (!outdir && !reviewed) process.stdout.write(`${summary(app)}${reviewSummary(review)}`);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (process.env.DEBUG) return error.stack ?? error.message;
  // Each problem of a construct is an error of its own.
  return `error: ${error.message.replace(/\n(?=\[)/g, '\nerror: ')}`;
}

/** The `context` of cdktf.json, which the CDKTF command line passes on and a direct run reads itself. */
function contextOfProject(): Record<string, unknown> {
  const passedOn = process.env.CDKTF_CONTEXT_JSON;
  if (passedOn) return objectIn(passedOn, 'CDKTF_CONTEXT_JSON');
  if (!fs.existsSync('cdktf.json')) return {};
  const { context = {} } = objectIn(fs.readFileSync('cdktf.json', 'utf8'), 'cdktf.json');
  return objectIn(JSON.stringify(context), "'context' of cdktf.json");
}

function objectIn(json: string, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error(`${where} must be JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${where} must be a JSON object, got ${json.trim().slice(0, 40)}; write it as {}`);
  }
  return value as Record<string, unknown>;
}
