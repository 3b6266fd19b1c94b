/** A client of Vault's HTTP API with one token. */
export class VaultClient {
  public constructor(
    private readonly address: string,
    private readonly token: string,
  ) {}

  /** The answer to a request, whatever its status. */
  public async request(method: string, path: string, body?: unknown): Promise<VaultAnswer> {
    const response = await fetch(`${this.address}/v1/${path}`, {
      method,
      headers: { 'X-Vault-Token': this.token, Connection: 'close' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
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
