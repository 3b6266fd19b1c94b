import { Environments } from './environments';
import type { Machine } from './machine';
import { OperationError } from './operation-error';

const OUTPUT_FOLDER = 'cdktf.out';

/**
 * Synthesizes all platforms. The process that does it explains its errors itself.
 *
 * @returns the environments that there are now
 */
export async function synthesis(machine: Machine): Promise<Environments> {
  const code = await machine.attach(process.execPath, ['--import', 'tsx', 'main.ts'], {
    // As in a direct run: the context comes from cdktf.json.
    variables: { CDKTF_OUTDIR: undefined, CDKTF_CONTEXT_JSON: undefined },
    discardOutput: true,
  });
  if (code !== 0) throw new OperationError([], code);
  return new Environments(OUTPUT_FOLDER);
}
