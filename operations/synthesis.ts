import { SYNTH_FOR_REVIEW } from '../constructs/synth-for-review';
import { Environments } from './environments';
import type { Machine, Variables } from './machine';
import { OperationError } from './operation-error';

/** Where synths go that may be deployed, below the project. */
export const OUTPUT_FOLDER = 'cdktf.out';

/**
 * Synthesizes all platforms. The process that does it explains its errors itself.
 *
 * @returns the environments that there are now
 */
export async function synthesis(machine: Machine): Promise<Environments> {
  await mainProgram(machine);
  return new Environments(OUTPUT_FOLDER);
}

/** As {@link synthesis}, into a folder of its own, with what rules refuse: to be looked at, and never deployed. */
export function synthesisForReview(machine: Machine, folder: string): Promise<void> {
  return mainProgram(machine, { [SYNTH_FOR_REVIEW]: folder });
}

async function mainProgram(machine: Machine, variables: Variables = {}): Promise<void> {
  const code = await machine.attach(process.execPath, ['--import', 'tsx', 'main.ts'], {
    // As in a direct run: the context comes from cdktf.json.
    variables: {
      CDKTF_OUTDIR: undefined,
      CDKTF_CONTEXT_JSON: undefined,
      [SYNTH_FOR_REVIEW]: undefined,
      ...variables,
    },
    discardOutput: true,
  });
  if (code !== 0) throw new OperationError([], code);
}
