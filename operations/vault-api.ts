import type { VaultAccess } from './stack-file';

const PATIENCE_MS = 5_000;

/** What the commands ask a Vault server. */
export interface VaultApi {
  /** Whether a server answers, in whatever state it is. */
  answers(vault: VaultAccess): Promise<boolean>;
  /** Whether a KV v2 mount knows a secret; also one whose versions were deleted, which Terraform leaves alone. */
  holds(vault: VaultAccess, mount: string, path: string): Promise<boolean>;
}

/** Asks over HTTP. Only metadata is read, never a value. */
export class HttpVaultApi implements VaultApi {
  /** @param operatorToken used where the configuration holds no token */
  public constructor(private readonly operatorToken: string | undefined) {}

  public async answers(vault: VaultAccess): Promise<boolean> {
    return (await this.get(vault, 'sys/health')) !== undefined;
  }

  public async holds(vault: VaultAccess, mount: string, path: string): Promise<boolean> {
    return (await this.get(vault, `${mount}/metadata/${path}`))?.ok === true;
  }

  private async get(vault: VaultAccess, path: string): Promise<Response | undefined> {
    const token = vault.token ?? this.operatorToken;
    try {
      return await fetch(new URL(`/v1/${path}`, vault.address), {
        headers: token === undefined ? {} : { 'X-Vault-Token': token },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      return undefined;
    }
  }
}
