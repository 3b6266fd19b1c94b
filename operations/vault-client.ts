import * as http from 'node:http';
import * as https from 'node:https';

const PATIENCE_MS = 10_000;
/** Bytes of an answer: no answer of Vault that is asked for here is near it. */
const LONGEST_ANSWER = 2 ** 25;

/** What a server answered. */
export interface VaultAnswer {
  readonly status: number;
  /** The body as JSON; empty where there was none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The body's `data`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Vault's own words where it refused. */
  readonly errors: readonly string[];
}

/** Why there was no answer. */
export class NoAnswer extends Error {
  public constructor(
    public readonly address: string,
    /** `certificate`: somebody answers there, and the authority did not sign for it. */
    public readonly kind: 'unreachable' | 'certificate',
    /** In one line. */
    public readonly reason: string,
  ) {
    super(`no answer at '${address}': ${reason}`);
    this.name = 'NoAnswer';
  }
}

export interface RequestOptions {
  readonly token?: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the server may be silent, in milliseconds; default 10 s. */
  readonly patienceMs?: number;
}

/** One node of a Vault server, over HTTP or TLS. */
export interface VaultClient {
  readonly address: string;
  /**
   * Sends one request; an answer of any status is an answer.
   * @param path below `/v1/`
   * @throws NoAnswer
   */
  request(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'LIST',
    path: string,
    options?: RequestOptions,
  ): Promise<VaultAnswer>;
}

/** Makes a client for an address; what the commands are given, so that tests can give them another. */
export type VaultClients = (address: string, ca: string | undefined) => VaultClient;

/** Real clients. */
export const httpVaultClients: VaultClients = (address, ca) => new HttpVaultClient(address, ca);

class HttpVaultClient implements VaultClient {
  /** @param ca PEM of the authority; the system's own otherwise */
  public constructor(
    public readonly address: string,
    private readonly ca: string | undefined,
  ) {}

  public request(method: string, path: string, options: RequestOptions = {}): Promise<VaultAnswer> {
    // Such as two lines that somebody pasted: no server knows it.
    if (!isHeaderValue(options.token)) return Promise.resolve(answerOf(403, '{"errors":["invalid token"]}'));
    const url = new URL(`/v1/${path}`, this.address);
    // Not every proxy lets Vault's own method through.
    if (method === 'LIST') url.searchParams.set('list', 'true');
    const body = options.body && JSON.stringify(options.body);
    const headers: Record<string, string> = {
      'X-Vault-Request': 'true',
      ...(options.token && { 'X-Vault-Token': options.token }),
      ...(body && { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) }),
      ...options.headers,
    };
    const { patienceMs = PATIENCE_MS } = options;
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException) => reject(this.noAnswer(error));
      const request = this.open(
        url,
        { method: method === 'LIST' ? 'GET' : method, headers, timeout: patienceMs, agent: false },
        fail,
      );
      if (!request) return;
      request.once('timeout', () => request.destroy(new Error(`silence for ${patienceMs / 1000} s`)));
      request.on('error', fail);
      request.once('response', (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          length += chunk.length;
          if (length > LONGEST_ANSWER) response.destroy(new Error('an answer without an end'));
        });
        response.on('error', fail);
        response.once('end', () =>
          resolve(answerOf(response.statusCode ?? 0, Buffer.concat(chunks).toString())),
        );
      });
      request.end(body);
    });
  }

  /** Without an agent: a command asks a few times, and must not wait for idle connections at its end. */
  private open(
    url: URL,
    settings: https.RequestOptions,
    fail: (error: NodeJS.ErrnoException) => void,
  ): http.ClientRequest | undefined {
    if (url.protocol !== 'https:') return http.request(url, settings);
    try {
      return https.request(url, {
        ...settings,
        minVersion: 'TLSv1.2',
        // Said, so that NODE_TLS_REJECT_UNAUTHORIZED cannot say otherwise: this carries shares and root tokens.
        rejectUnauthorized: true,
        ...(this.ca && { ca: this.ca }),
      });
    } catch (error) {
      // A certificate of the authority that is none.
      fail(error as NodeJS.ErrnoException);
      return undefined;
    }
  }

  private noAnswer(error: NodeJS.ErrnoException): NoAnswer {
    const code = error.code ?? '';
    const isCertificate = /CERT|SIGN|ISSUER|ALTNAME|SSL|TLS|EPROTO/.test(code);
    const reason =
      code === 'EPROTO' ? 'the TLS handshake failed' : error.message.trim().split('\n')[0] || code;
    return new NoAnswer(this.address, isCertificate ? 'certificate' : 'unreachable', reason);
  }
}

function isHeaderValue(token = ''): boolean {
  try {
    http.validateHeaderValue('X-Vault-Token', token);
    return true;
  } catch {
    return false;
  }
}

function answerOf(status: number, text: string): VaultAnswer {
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      body = parsed as Record<string, unknown>;
  } catch {
    // A proxy's page, or something else that is no Vault: the status says it.
  }
  const { data, errors } = body;
  return {
    status,
    body,
    data: typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {},
    // Shown to people: a terminal must not be told what to do by a server.
    errors: Array.isArray(errors) ? errors.map((words) => String(words).replace(/\p{Cc}+/gu, ' ')) : [],
  };
}
