import * as fs from 'node:fs';
import * as path from 'node:path';
import { DISTRIBUTIONS } from '../constructs/distribution';
import type { VaultDescription } from '../constructs/vault-description';
import { type Waiting, waitFor } from './clock';
import { OperationError } from './operation-error';
import {
  NoAnswer,
  type RequestOptions,
  type VaultAnswer,
  type VaultClient,
  type VaultClients,
} from './vault-client';
import { type NamedServer, noAnswerProblem } from './vault-problems';

/** After an unseal a node first has to be elected. */
const ELECTION = { patienceMs: 60_000, everyMs: 500 };

/** What a node says of itself without a token. */
export interface SealStatus {
  readonly initialised: boolean;
  readonly sealed: boolean;
  /** How many shares of this attempt it has. */
  readonly progress: number;
  /** How many it needs; 0 where it does not know yet. */
  readonly threshold: number;
  readonly shares: number;
  /** The seal's type. */
  readonly type: string;
  readonly version: string;
  readonly storage: string | undefined;
}

/** One node of a server. Every failure of the network is said in one line. */
export class VaultNode {
  public constructor(
    private readonly server: NamedServer,
    private readonly client: VaultClient,
  ) {}

  public get address(): string {
    return this.client.address;
  }

  /** @throws OperationError where there is no answer */
  public async request(
    method: Parameters<VaultClient['request']>[0],
    apiPath: string,
    options: RequestOptions = {},
  ): Promise<VaultAnswer> {
    try {
      return await this.client.request(method, apiPath, options);
    } catch (error) {
      if (error instanceof NoAnswer) throw new OperationError([noAnswerProblem(this.server, error)]);
      throw error;
    }
  }

  /** @throws OperationError where there is no answer, or something else than a Vault server answers */
  public async sealStatus(): Promise<SealStatus> {
    const answer = await this.request('GET', 'sys/seal-status');
    const status = sealStatusOf(answer);
    if (status) return status;
    throw new OperationError([
      `'vault' of ${this.server.environment} must be a Vault server, got status ${answer.status} of something else at '${this.address}'; correct its address, or stop what holds it`,
    ]);
  }
}

/** The nodes of a server, the first being the one that Terraform uses. */
export class VaultNodes implements NamedServer {
  public readonly all: readonly VaultNode[];
  /** The authority's certificate, as a path that every program finds. */
  public readonly caFile: string | undefined;

  /** @param folder of the project */
  public constructor(
    public readonly environment: string,
    public readonly description: VaultDescription,
    clients: VaultClients,
    folder: string,
  ) {
    this.caFile = description.ca && path.resolve(folder, description.ca);
    const ca = this.caFile && readAuthority(environment, this.caFile);
    this.all = description.addresses.map((address) => new VaultNode(this, clients(address, ca)));
  }

  /** The server's own program, for those who are told what to type. */
  public get program(): string {
    return DISTRIBUTIONS[this.description.distribution].binary;
  }

  public get first(): VaultNode {
    return this.all[0] as VaultNode;
  }

  /**
   * The node that takes requests.
   * @throws OperationError when none of them does in time
   */
  public async active(waiting: Waiting): Promise<VaultNode> {
    let failure: unknown;
    const found = await waitFor(waiting, ELECTION, async () => {
      for (const node of this.all) {
        try {
          if ((await node.request('GET', 'sys/health')).status === 200) return node;
        } catch (error) {
          failure = error;
        }
      }
      return undefined;
    });
    if (found) return found;
    if (this.all.length === 1 && failure) throw failure;
    throw new OperationError([
      `'vault' of ${this.environment} must have an active node, got none of ${this.all.map(({ address }) => address).join(', ')}; look at npm run vault -- status ${this.environment}`,
    ]);
  }
}

function sealStatusOf({ status, body }: VaultAnswer): SealStatus | undefined {
  const { initialized, sealed, progress, t, n, type, version, storage_type: storage } = body;
  if (status !== 200 || typeof initialized !== 'boolean' || typeof sealed !== 'boolean') return undefined;
  return {
    initialised: initialized,
    sealed,
    progress: Number(progress ?? 0),
    threshold: Number(t ?? 0),
    shares: Number(n ?? 0),
    type: String(type ?? 'unknown'),
    version: String(version ?? 'unknown'),
    storage: storage === undefined ? undefined : String(storage),
  };
}

function readAuthority(environment: string, file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new OperationError([
      `'ca' of ${environment} must be a file that can be read, got ${(error as NodeJS.ErrnoException).code} for '${file}'; run npm run certificates -- ${environment}, or put the authority's certificate there`,
    ]);
  }
}
