import { environmentOf } from './arguments';
import type { DeployableEnvironment, Environments } from './environments';
import { parsedFlags } from './flags';
import { OperationError } from './operation-error';

const FLAG = '--plan-digest';
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Whether a deploy is of reviewed plans. */
export function namesPlans(args: readonly string[]): boolean {
  return args.some((arg) => arg === FLAG || arg.startsWith(`${FLAG}=`));
}

/**
 * The environment that the first argument names, and the digests of its plans that were reviewed.
 *
 * @throws OperationError with exit code 2 on what is no digest, and on flags of the CDKTF command line: it does not run
 */
export function environmentAndDigests(
  args: readonly string[],
  known: Environments,
): { readonly environment: DeployableEnvironment; readonly digests: ReadonlySet<string> } {
  const environment = environmentOf(args, known, 'deploy');
  const { values } = parsedFlags(
    {
      args: args.slice(1),
      options: {
        'plan-digest': { type: 'string', multiple: true },
        // The digests approve it, and no lock file is written for other systems. Scripts may have them all the same.
        'auto-approve': { type: 'boolean' },
        'skip-provider-lock': { type: 'boolean' },
      },
      strict: true,
    },
    'npm run deploy -- --help',
  );
  const digests = values['plan-digest'] ?? [];
  const wrong = digests.filter((digest) => !DIGEST.test(digest));
  if (wrong.length > 0) {
    throw new OperationError(
      wrong.map(
        (digest) =>
          `'${FLAG}' must be one that npm run plan prints, got '${digest}'; write it as sha256: and 64 digits`,
      ),
      2,
    );
  }
  return { environment, digests: new Set(digests) };
}
