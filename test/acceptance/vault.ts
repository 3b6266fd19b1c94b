import * as http from 'node:http';
import * as https from 'node:https';

/** A client of Vault's HTTP API with one token. */
export class VaultClient {
  public constructor(
    private readonly address: string,
    private readonly token: string,
    /** PEM of the authority that signed for the server, where it speaks TLS. */
    private readonly ca?: string,
  ) {}

  /** The same server as somebody else sees it. */
  public withToken(token: string): VaultClient {
    return new VaultClient(this.address, token, this.ca);
  }

  /** The answer to a request, whatever its status. */
  public request(method: string, path: string, body?: unknown): Promise<VaultAnswer> {
    const url = new URL(`${this.address}/v1/${path}`);
    const options = {
      method,
      headers: { 'X-Vault-Token': this.token },
      // Every request on a connection of its own: a server that restarts would leave dead ones behind.
      agent: false,
      ...(this.ca && { ca: this.ca }),
    } as const;
    return new Promise((resolve, reject) => {
      const request = (url.protocol === 'https:' ? https : http).request(url, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          try {
            resolve({ status: response.statusCode ?? 0, body: text === '' ? {} : JSON.parse(text) });
          } catch {
            reject(new Error(`${method} ${path}: ${response.statusCode} and no JSON: ${text.slice(0, 200)}`));
          }
        });
      });
      request.on('error', reject);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** The data of an answer that must be a success. */
  public async call<Data>(method: string, path: string, body?: unknown): Promise<Data> {
    const answer = await this.request(method, path, body);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return (answer.body.data ?? answer.body) as Data;
  }

  /** The newest version of a KV v2 secret. */
  public async readSecret(mount: string, path: string): Promise<Record<string, string>> {
    const { data } = await this.call<{ data: Record<string, string> }>('GET', `${mount}/data/${path}`);
    return data;
  }

  public async writeSecret(
    mount: string,
    path: string,
    data: Readonly<Record<string, string>>,
  ): Promise<void> {
    await this.call('POST', `${mount}/data/${path}`, { data });
  }

  /** What this token may do, by path. */
  public async capabilities(paths: readonly string[]): Promise<Record<string, string[]>> {
    const all = await this.call<Record<string, string[]>>('POST', 'sys/capabilities-self', { paths });
    return Object.fromEntries(paths.map((path) => [path, [...(all[path] ?? [])].sort()]));
  }

  /** The policies of this token. */
  public async policies(): Promise<string[]> {
    const { policies } = await this.call<{ policies: string[] }>('GET', 'auth/token/lookup-self');
    return policies;
  }
}

export interface VaultAnswer {
  readonly status: number;
  readonly body: { readonly data?: unknown; readonly [field: string]: unknown };
}
