import type { Request } from '../../policies/access-list';
import type { PolicySet } from '../policies/decision-cases';
import { MOUNT } from '../policies/decision-cases';
import { hclOf, type PlainPolicy } from '../policies/plain-policy';
import { type RunningServer, startServer } from './state-server';

/** A server takes that many texts in one request and no more; one of them is the token. */
const TEXTS = 1_000;

/** A real server that is asked what it decides. */
export class DecisionServer {
  public static async start(image: string): Promise<DecisionServer> {
    const server = await startServer(image);
    const started = new DecisionServer(server);
    try {
      await server.root.call('POST', `sys/mounts/${MOUNT}`, { type: 'kv' });
      const { version } = (await server.root.request('GET', 'sys/health')).body;
      started.version = String(version);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return started;
  }

  public version = '';

  private constructor(private readonly server: RunningServer) {}

  public stop(): Promise<void> {
    return this.server.stop();
  }

  /** A token with these policies and no others, which the next token's policies replace. */
  public tokenWith(policies: PolicySet): Promise<string> {
    return this.tokenWithTexts(textsOf(policies));
  }

  /** As {@link tokenWith}, with policies as HCL. */
  public async tokenWithTexts(policies: Readonly<Record<string, string>>): Promise<string> {
    const { root } = this.server;
    await Promise.all(
      Object.entries(policies).map(([name, policy]) =>
        root.call('POST', `sys/policies/acl/${name}`, { policy }),
      ),
    );
    const { body } = await root.request('POST', 'auth/token/create-orphan', {
      policies: Object.keys(policies),
      no_default_policy: !('default' in policies),
    });
    return (body.auth as { client_token: string }).client_token;
  }

  /** A token with this text as its only policy; none where the server refuses the text, or breaks on it. */
  public async tokenOfText(policy: string): Promise<string | undefined> {
    const answer = await this.server.root
      .request('POST', 'sys/policies/acl/text', { policy })
      .catch(() => undefined);
    if (!answer || answer.status >= 300) return undefined;
    const { body } = await this.server.root.request('POST', 'auth/token/create-orphan', {
      policies: ['text'],
      no_default_policy: true,
    });
    return (body.auth as { client_token: string }).client_token;
  }

  /** Whether the server takes a policy, and if not, why. */
  public async refusal(blocks: PlainPolicy): Promise<string | undefined> {
    const answer = await this.server.root.request('POST', 'sys/policies/acl/refused', {
      policy: hclOf(blocks),
    });
    return answer.status < 300 ? undefined : JSON.stringify(answer.body);
  }

  /** What `sys/capabilities` says, sorted and joined by commas, by path. */
  public async capabilities(token: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const answers = new Map<string, string>();
    for (let from = 0; from < paths.length; from += TEXTS - 10) {
      const some = paths.slice(from, from + TEXTS - 10);
      const data = await this.server.root.call<Record<string, string[]>>('POST', 'sys/capabilities', {
        token,
        paths: some,
      });
      for (const path of some) answers.set(path, [...(data[path] ?? [])].sort().join(','));
    }
    return answers;
  }

  /** Of each endpoint that the server documents, whether it needs `sudo`. Placeholders are `{name}`. */
  public async endpoints(): Promise<ReadonlyMap<string, boolean>> {
    const { paths } = await this.server.root.call<{
      paths: Record<string, { 'x-vault-sudo'?: boolean }>;
    }>('GET', 'sys/internal/specs/openapi');
    return new Map(
      Object.entries(paths).map(([path, about]) => [path.slice(1), about['x-vault-sudo'] === true]),
    );
  }

  /**
   * Whether the server lets a request pass that a client makes with a token. What the engine says of it then is no matter.
   *
   * A secret is there before an update and not before a create, since that is how a server tells one from the other.
   */
  public async allows(token: string, request: Request): Promise<boolean> {
    const { operation, path } = request;
    if (operation === 'create') await this.send(this.server.token, { operation: 'delete', path });
    if (operation === 'update') {
      const status = await this.send(this.server.token, { ...request, parameters: { any: 'value' } });
      if (status >= 300) throw new Error(`${path} cannot be written: ${status}`);
    }
    const status = await this.send(token, request);
    if (![200, 204, 400, 403, 404, 405].includes(status)) {
      throw new Error(`${operation} ${path} ended with ${status}`);
    }
    return status !== 403;
  }

  /** Whether a path that can be updated is refused for want of `sudo`; some say so with another status. */
  public async refusesWithoutSudo(token: string, path: string): Promise<boolean> {
    const { status, body } = await this.server.root.withToken(token).request('POST', path, { token: 'any' });
    return status === 403 || (status === 400 && JSON.stringify(body).includes('sudo privileges required'));
  }

  private async send(token: string, { operation, path, wrapTtl, parameters = {} }: Request): Promise<number> {
    const [method, type] = METHODS[operation] ?? ['GET'];
    const url = new URL(`${this.server.address}/v1/${urlPath(path)}`);
    const body = type && JSON.stringify(parameters);
    if (operation === 'help') url.searchParams.set('help', '1');
    else if (!type)
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, String(value));
    const response = await fetch(url, {
      method,
      headers: {
        'X-Vault-Token': token,
        ...(wrapTtl && { 'X-Vault-Wrap-TTL': String(wrapTtl) }),
        ...(type && { 'Content-Type': type }),
      },
      ...(body && { body }),
      redirect: 'manual',
    });
    await response.arrayBuffer();
    return response.status;
  }
}

/** A server redirects from an empty segment, but not where its slash is encoded: then there is one. */
function urlPath(path: string): string {
  return path
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/\/(?=\/)/g, '%2F');
}

export function textsOf(policies: PolicySet): Record<string, string> {
  return Object.fromEntries(Object.entries(policies).map(([name, blocks]) => [name, hclOf(blocks)]));
}

const METHODS: Partial<Record<Request['operation'], readonly [method: string, type?: string]>> = {
  create: ['POST', 'application/json'],
  update: ['POST', 'application/json'],
  patch: ['PATCH', 'application/merge-patch+json'],
  delete: ['DELETE'],
  list: ['LIST'],
  scan: ['SCAN'],
};
