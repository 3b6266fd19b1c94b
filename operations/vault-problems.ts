import type { VaultDescription } from '../constructs/vault-description';
import type { NoAnswer, VaultAnswer } from './vault-client';

/** What is said of a server: its environment, and its declaration. */
export interface NamedServer {
  /** `<platform>-<environment>`. */
  readonly environment: string;
  readonly description: VaultDescription;
}

/** Why there is no answer, and what mends it. */
export function noAnswerProblem({ environment, description }: NamedServer, error: NoAnswer): string {
  const { mode, ca } = description;
  if (error.kind === 'certificate') {
    const remedy =
      mode === 'external'
        ? 'put the certificate of its authority there'
        : `make it anew with npm run certificates -- ${environment} --renew, then run npx cdktf deploy ${environment}-vault`;
    return `'certificate' of ${environment} must be one that ${ca ? `'${ca}'` : 'an authority of this system'} signed, got '${error.reason}' from '${error.address}'; ${remedy}`;
  }
  const remedy =
    mode === 'external'
      ? 'correct its address in the declaration, or bring it up'
      : `bring it up with npx cdktf deploy ${environment}-vault`;
  return `'vault' of ${environment} must answer, got '${error.reason}' from '${error.address}'; ${remedy}`;
}

/** How people give a server its keys: not there where it is for others to do. */
export function initCommand({ environment, description }: NamedServer): string | undefined {
  if (description.mode === 'external') return undefined;
  return `npm run vault -- init ${environment}${description.development ? ' --development' : ''}`;
}

/** How people unseal a server: not there where it is for others to do, or for its seal. */
export function unsealCommand(server: NamedServer): string | undefined {
  const { environment, description } = server;
  if (description.mode === 'external' || description.seal !== 'shamir') return undefined;
  return description.development ? initCommand(server) : `npm run vault -- unseal ${environment}`;
}

/** Of a server that has no keys yet. */
export function uninitialisedProblem({ environment, description }: NamedServer, address: string): string {
  const command = initCommand({ environment, description });
  const remedy = command ? `run ${command}` : 'have it initialised by those who run it';
  return `'vault' of ${environment} must be initialised, got one that is not at '${address}'; ${remedy}`;
}

/** Of a server that has its keys and lacks the shares. */
export function sealedProblem({ environment, description }: NamedServer, address: string): string {
  const { mode, seal } = description;
  const command = unsealCommand({ environment, description });
  const remedy = command
    ? `run ${command}`
    : mode === 'external'
      ? 'have it unsealed by those who run it'
      : `its seal '${seal}' opens it by itself: look at the log of its container for what is missing`;
  return `'vault' of ${environment} must be unsealed, got a sealed one at '${address}'; ${remedy}`;
}

/**
 * Of an answer that refuses.
 *
 * @param what was asked for, as in "'policy' must be written"
 */
export function refusalProblem(what: string, { status, errors }: VaultAnswer, remedy: string): string {
  // Vault writes several lines, and begins most of them with its own mark.
  const words = errors
    .join('; ')
    .replace(/[\s*]+/g, ' ')
    .trim();
  return `${what}, got ${status}${words && ` '${words}'`}; ${remedy}`;
}
