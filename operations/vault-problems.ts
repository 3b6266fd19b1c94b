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

/** Of a server that has no keys yet. */
export function uninitialisedProblem({ environment, description }: NamedServer, address: string): string {
  const remedy =
    description.mode === 'external'
      ? 'have it initialised by those who run it'
      : `run npm run vault -- init ${environment}${description.development ? ' --development' : ''}`;
  return `'vault' of ${environment} must be initialised, got one that is not at '${address}'; ${remedy}`;
}

/** Of a server that has its keys and lacks the shares. */
export function sealedProblem({ environment, description }: NamedServer, address: string): string {
  const { mode, seal, development } = description;
  const remedy =
    mode === 'external'
      ? 'have it unsealed by those who run it'
      : seal !== 'shamir'
        ? `its seal '${seal}' opens it by itself: look at the log of its container for what is missing`
        : `run npm run vault -- ${development ? `init ${environment} --development` : `unseal ${environment}`}`;
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
