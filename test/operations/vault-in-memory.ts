import { randomBytes } from 'node:crypto';
import { NoAnswer, type VaultAnswer, type VaultClients } from '../../operations/vault-client';
import type { FakeClock } from './vault-fakes';

type Body = Readonly<Record<string, unknown>>;

export interface FakeRequest {
  readonly address: string;
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: Body;
}

interface FakeNode {
  readonly address: string;
  /** Whether it has data of its own: it was initialised, or has joined and was unsealed. */
  hasData: boolean;
  sealed: boolean;
  parts: string[];
  unsealedAt: number;
}

export interface FakeToken {
  readonly accessor: string;
  readonly policies: readonly string[];
  readonly made: number;
  readonly given: Body;
}

export interface FakeVaultProps {
  readonly addresses: readonly string[];
  readonly seal?: 'shamir' | 'static';
  readonly clock: FakeClock;
  /** Whether a quorum may make a root token. */
  readonly generatesRoot?: boolean;
}

/** When a follower finds the leader, and when it votes, after that. */
const JOIN_MS = 1_000;
const VOTE_MS = 10_000;

/**
 * A Vault server in memory, of one or several raft nodes, as far as the commands know one. It behaves as OpenBao 2.5.5
 * was seen to.
 */
export class FakeVault {
  public readonly requests: FakeRequest[] = [];
  public readonly nodes: readonly FakeNode[];
  public readonly tokens = new Map<string, FakeToken>();
  public readonly policies = new Map<string, string>();
  public readonly audit: Record<string, Body> = {};
  public readonly auth: Record<string, Body> = { 'token/': { type: 'token' } };
  /** What was written at a path, such as users and roles. */
  public readonly written = new Map<string, Body>();
  public readonly silent = new Set<string>();
  public shares: readonly string[] = [];
  public attempt: { readonly nonce: string; readonly otp: string; parts: string[] } | undefined;
  /** Answers instead of the server, where it returns something. */
  public intercept: (request: FakeRequest) => Partial<VaultAnswer> | undefined = () => undefined;
  private threshold = 0;

  public constructor(private readonly props: FakeVaultProps) {
    this.nodes = props.addresses.map((address) => ({
      address,
      hasData: false,
      sealed: true,
      parts: [],
      unsealedAt: Number.POSITIVE_INFINITY,
    }));
  }

  public readonly clients: VaultClients = (address) => ({
    address,
    request: async (method, path, options = {}) => {
      const request = { address, method, path, token: options.token, body: options.body ?? {} };
      this.requests.push(request);
      if (this.silent.has(address)) throw new NoAnswer(address, 'unreachable', 'connection refused');
      return answer(this.intercept(request) ?? this.serve(request));
    },
  });

  /** The server's own answer. */
  public serve(request: FakeRequest): Partial<VaultAnswer> {
    const node = this.nodes.find(({ address }) => address === request.address);
    if (!node) throw new NoAnswer(request.address, 'unreachable', 'connection refused');
    return this.answer(node, request);
  }

  /** `<method> <path>` of what was asked with a token, in order. */
  public get authenticated(): readonly string[] {
    return this.requests.filter(({ token }) => token).map(({ method, path }) => `${method} ${path}`);
  }

  public get rootTokens(): readonly string[] {
    return [...this.tokens].filter(([, { policies }]) => policies.includes('root')).map(([token]) => token);
  }

  /** Initialises and unseals it, as if it had been done long ago. */
  public begin(shares: number, threshold: number): readonly string[] {
    this.initialise(this.nodes[0] as FakeNode, shares, threshold);
    this.tokens.clear();
    for (const node of this.nodes) Object.assign(node, { hasData: true, sealed: false, unsealedAt: 0 });
    return this.shares;
  }

  /** As after a restart. */
  public restart(): void {
    for (const node of this.nodes) Object.assign(node, { sealed: true, parts: [] });
    this.attempt = undefined;
  }

  public makeToken(policies: readonly string[], given: Body = {}): string {
    const token = `s.${randomBytes(12).toString('hex')}`;
    const accessor = randomBytes(6).toString('hex');
    this.tokens.set(token, { accessor, policies, made: this.props.clock.now(), given });
    return token;
  }

  private get active(): FakeNode | undefined {
    return this.nodes.find(({ sealed }) => !sealed);
  }

  private isInitialised(node: FakeNode): boolean {
    const active = this.active;
    return node.hasData || (active !== undefined && this.props.clock.now() >= active.unsealedAt + JOIN_MS);
  }

  private answer(node: FakeNode, request: FakeRequest): Partial<VaultAnswer> {
    const { method, path, body, token } = request;
    if (path === 'sys/seal-status') return { body: this.sealStatus(node) };
    if (path === 'sys/health') return { status: this.health(node) };
    if (path === 'sys/init') return this.init(node, body);
    if (path === 'sys/unseal') return this.unseal(node, body);
    if (node.sealed) return { status: 503, errors: ['Vault is sealed'] };
    if (path === 'sys/leader') {
      const isSelf = node === this.active;
      const ha = this.nodes.length > 1;
      return { body: { ha_enabled: ha, is_self: isSelf, leader_address: this.active?.address } };
    }
    if (path.startsWith('sys/generate-root/')) return this.generateRoot(method, path, body);
    const known = token === undefined ? undefined : this.tokens.get(token);
    if (!known || token === undefined) return { status: 403, errors: ['permission denied'] };
    return this.answerTo({ ...request, token, known });
  }

  private sealStatus(node: FakeNode): Body {
    const isInitialised = this.isInitialised(node);
    return {
      type: this.props.seal ?? 'shamir',
      initialized: isInitialised,
      sealed: node.sealed,
      t: isInitialised ? this.threshold : 0,
      n: isInitialised ? this.shares.length : 0,
      progress: node.parts.length,
      version: '2.5.5',
      storage_type: 'raft',
    };
  }

  private health(node: FakeNode): number {
    if (!this.isInitialised(node)) return 501;
    if (node.sealed) return 503;
    return node === this.active ? 200 : 429;
  }

  private init(node: FakeNode, body: Body): Partial<VaultAnswer> {
    if (this.isInitialised(node)) return { status: 400, errors: ['Vault is already initialized'] };
    const prefix = this.props.seal === 'static' ? 'recovery' : 'secret';
    const count = Number(body[`${prefix}_shares`]);
    const rootToken = this.initialise(node, count, Number(body[`${prefix}_threshold`]));
    const keys = body[prefix === 'secret' ? 'pgp_keys' : 'recovery_pgp_keys'] as string[] | undefined;
    const given = this.shares.map((share, i) =>
      keys ? Buffer.from(`${share} for ${keys[i]}`).toString('base64') : share,
    );
    if (prefix === 'recovery') Object.assign(node, { sealed: false, unsealedAt: this.props.clock.now() });
    return {
      body: {
        keys_base64: prefix === 'secret' ? given : [],
        ...(prefix === 'recovery' && { recovery_keys_base64: given }),
        root_token: rootToken,
      },
    };
  }

  private initialise(node: FakeNode, shares: number, threshold: number): string {
    this.shares = Array.from({ length: shares }, () => randomBytes(33).toString('base64'));
    this.threshold = threshold;
    node.hasData = true;
    return this.makeToken(['root']);
  }

  private unseal(node: FakeNode, { key, reset }: Body): Partial<VaultAnswer> {
    if (!this.isInitialised(node)) return { status: 400, errors: ['Vault is not initialized'] };
    if (reset === true) node.parts = [];
    else if (!isShare(key)) return { status: 400, errors: ["'key' must be a valid hex or base64 string"] };
    else if (node.sealed && !node.parts.includes(key)) node.parts.push(key);
    if (!node.sealed || node.parts.length < this.threshold) return { body: this.sealStatus(node) };
    const fits = node.parts.every((part) => this.shares.includes(part));
    if (!fits && !node.hasData) {
      // As the real one does, until it is restarted.
      this.silent.add(node.address);
      throw new NoAnswer(node.address, 'unreachable', 'silence for 60 s');
    }
    node.parts = [];
    if (!fits) return { status: 400, errors: ['cipher: message authentication failed'] };
    Object.assign(node, { hasData: true, sealed: false, unsealedAt: this.props.clock.now() });
    return { body: this.sealStatus(node) };
  }

  private generateRoot(method: string, path: string, { key, nonce }: Body): Partial<VaultAnswer> {
    if (this.props.generatesRoot === false) return { status: 405, errors: ['unsupported operation'] };
    const state = () => ({
      started: this.attempt !== undefined,
      nonce: this.attempt?.nonce ?? '',
      progress: this.attempt?.parts.length ?? 0,
      required: this.threshold,
      encoded_token: '',
    });
    if (path.endsWith('attempt')) {
      if (method === 'GET') return { body: state() };
      const isUnderWay = method === 'PUT' && this.attempt;
      if (isUnderWay) return { status: 400, errors: ['root generation already in progress'] };
      const otp = randomBytes(13).toString('hex');
      this.attempt = method === 'PUT' ? { nonce: randomBytes(8).toString('hex'), otp, parts: [] } : undefined;
      return { body: { ...state(), otp } };
    }
    const attempt = this.attempt;
    if (!attempt) return { status: 400, errors: ['no root generation in progress'] };
    if (nonce !== attempt.nonce) return { status: 400, errors: ['incorrect nonce supplied'] };
    if (!isShare(key)) return { status: 400, errors: ["'key' must be a valid hex or base64 string"] };
    if (attempt.parts.includes(key))
      return {
        status: 400,
        errors: ['given key has already been provided during this generation operation'],
      };
    attempt.parts.push(key);
    if (attempt.parts.length < this.threshold) return { body: state() };
    const fits = attempt.parts.every((part) => this.shares.includes(part));
    attempt.parts = [];
    if (!fits) return { status: 400, errors: ['root generation aborted: unable to authenticate'] };
    const token = Buffer.from(this.makeToken(['root']));
    const encoded = Buffer.from(token.map((byte, i) => byte ^ attempt.otp.charCodeAt(i))).toString('base64');
    this.attempt = undefined;
    return { body: { ...state(), complete: true, encoded_token: encoded.replace(/=+$/, '') } };
  }

  /** What needs a token. Policies are not looked at: only root tokens ask here, and tokens about themselves. */
  private answerTo(request: FakeRequest & { token: string; known: FakeToken }): Partial<VaultAnswer> {
    const { method, path, body, token, known } = request;
    const tail = path.slice(path.lastIndexOf('/') + 1);
    if (path.startsWith('auth/token/')) return this.tokenAnswer(tail, body, token, known);
    if (!known.policies.includes('root')) return { status: 403, errors: ['permission denied'] };
    if (path === 'sys/audit') return { data: this.audit };
    if (path.startsWith('sys/audit/')) {
      if (method === 'DELETE') {
        delete this.audit[`${tail}/`];
        return { status: 204 };
      }
      if (this.audit[`${tail}/`]) return { status: 400, errors: ['path already in use'] };
      this.audit[`${tail}/`] = body;
      return { status: 204 };
    }
    if (path === 'sys/auth') return { data: this.auth };
    if (/^sys\/auth\/[^/]+$/.test(path)) {
      this.auth[`${tail}/`] = body;
      return { status: 204 };
    }
    if (path === 'sys/storage/raft/configuration') {
      const now = this.props.clock.now();
      const servers = this.nodes.map(({ address, unsealedAt }) => ({
        node_id: address,
        voter: address === this.nodes[0]?.address || now >= unsealedAt + VOTE_MS,
      }));
      return { data: { config: { servers } } };
    }
    if (path.startsWith('sys/policies/acl/')) {
      if (method === 'PUT') this.policies.set(tail, String(body.policy));
      const policy = this.policies.get(tail);
      return policy === undefined ? { status: 404 } : { data: { name: tail, policy } };
    }
    return this.writtenAnswer(method, path, body);
  }

  private tokenAnswer(verb: string, body: Body, token: string, known: FakeToken): Partial<VaultAnswer> {
    const byAccessor = [...this.tokens].find(([, { accessor }]) => accessor === body.accessor);
    switch (verb) {
      case 'lookup-self':
        return { data: { accessor: known.accessor, policies: known.policies } };
      case 'renew-self':
        return {};
      case 'revoke-self':
        this.tokens.delete(token);
        return { status: 204 };
      case 'revoke':
        return { status: this.tokens.delete(String(body.token)) ? 204 : 400 };
      case 'create-orphan':
        return { body: { auth: { client_token: this.makeToken(body.policies as string[], body) } } };
      case 'accessors':
        return { data: { keys: [...this.tokens.values()].map(({ accessor }) => accessor) } };
      case 'lookup-accessor':
        if (!byAccessor) return { status: 403 };
        return { data: { policies: byAccessor[1].policies, creation_time: byAccessor[1].made / 1000 } };
      case 'revoke-accessor':
        return { status: byAccessor && this.tokens.delete(byAccessor[0]) ? 204 : 400 };
      default:
        return { status: 404 };
    }
  }

  private writtenAnswer(method: string, path: string, body: Body): Partial<VaultAnswer> {
    if (method === 'DELETE') return { status: this.written.delete(path) ? 204 : 404 };
    if (method === 'LIST') {
      const keys = [...this.written.keys()].filter((one) => one.startsWith(`${path}/`));
      return keys.length === 0
        ? { status: 404 }
        : { data: { keys: keys.map((one) => one.slice(path.length + 1)) } };
    }
    if (method === 'GET') {
      const data = this.written.get(path);
      return data ? { data } : { status: 404 };
    }
    this.written.set(path, { ...this.written.get(path), ...body });
    return { status: 204 };
  }
}

function isShare(key: unknown): key is string {
  return typeof key === 'string' && /^[A-Za-z0-9+/=]{20,}$/.test(key);
}

function answer(partial: Partial<VaultAnswer>): VaultAnswer {
  return { status: 200, body: partial.data ? { data: partial.data } : {}, data: {}, errors: [], ...partial };
}
