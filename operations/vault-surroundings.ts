import type { Clock } from './clock';
import type { HiddenInput } from './hidden-input';
import type { Machine } from './machine';
import type { CertificateProbe } from './served-certificate';
import type { VaultClients } from './vault-client';

/** What the commands for a server's keys meet outside. */
export interface VaultSurroundings {
  readonly machine: Machine;
  readonly clients: VaultClients;
  readonly certificateOf: CertificateProbe;
  readonly input: HiddenInput;
  readonly clock: Clock;
  /** When somebody asks the command to end. */
  readonly signal: AbortSignal;
  /** The project, where its git-ignored folders are. */
  readonly folder: string;
  /** Writes what was asked for: a token, a policy, a table. */
  print(text: string): void;
  /** Writes a line about what happens, for people. */
  say(line: string): void;
  /** Whether a file keeps what is said. */
  readonly isSaidToFile: boolean;
}
