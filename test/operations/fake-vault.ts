import type { Waiting } from '../../operations/clock';
import {
  NoAnswer,
  type RequestOptions,
  type VaultAnswer,
  type VaultClients,
} from '../../operations/vault-client';

/** What a server says of a token. */
export interface FakeToken {
  readonly policies?: readonly string[];
  readonly type?: string;
  readonly num_uses?: number;
  /** Seconds. */
  readonly ttl?: number;
  readonly period?: number;
  /** What it is after a renewal. Not there where it cannot be renewed. */
  readonly renewed?: number;
  /** Capabilities by path, where they are not all. */
  readonly lacks?: Readonly<Record<string, readonly string[]>>;
  /** Whether it may not even ask what it may do. */
  readonly isBlind?: boolean;
}

/** A node of a server. */
export interface FakeNode {
  readonly initialised?: boolean;
  readonly sealed?: boolean;
  readonly active?: boolean;
  /** Instead of any answer. */
  readonly silence?: { readonly kind: NoAnswer['kind']; readonly reason: string };
  readonly tokens?: Readonly<Record<string, FakeToken>>;
  /** Accessors by path. */
  readonly mounts?: Readonly<Record<string, string>>;
}

const ALL = ['create', 'read', 'update', 'delete', 'list', 'sudo', 'patch'];

/** Servers by their address. Where there is none, the connection is refused. */
export class FakeServers {
  /** What was asked, as `GET sys/mounts`. */
  public readonly asked: string[] = [];

  public constructor(public nodes: Readonly<Record<string, FakeNode>> = {}) {}

  public readonly clients: VaultClients = (address) => ({
    address,
    request: async (method, path, options = {}) => {
      this.asked.push(`${method} ${path}`);
      const node = this.nodes[address];
      if (!node) {
        throw new NoAnswer(address, 'unreachable', `connect ECONNREFUSED ${new URL(address).host}`);
      }
      if (node.silence) throw new NoAnswer(address, node.silence.kind, node.silence.reason);
      return answer(node, `${method} ${path}`, options);
    },
  });
}

function answer(node: FakeNode, request: string, { token = '', body = {} }: RequestOptions): VaultAnswer {
  const { initialised = true, sealed = false, active = true, tokens = {}, mounts = {} } = node;
  const open = initialised && !sealed;
  switch (request) {
    case 'GET sys/seal-status':
      return ok({}, { initialized: initialised, sealed, version: '2.5.5', type: 'shamir', t: 3, n: 5 });
    case 'GET sys/health':
      return { ...ok(), status: open && active ? 200 : 503 };
  }
  if (!open) return refused(503, 'Vault is sealed');
  if (!active) return refused(500, 'local node not active but active cluster node not found');
  const known = tokens[token];
  if (!known) return refused(403, 'permission denied');
  switch (request) {
    case 'GET auth/token/lookup-self': {
      const {
        ttl = 3600,
        period,
        policies = ['default', 'operator'],
        type = 'service',
        num_uses = 0,
      } = known;
      const isRoot = policies.includes('root');
      return ok({
        policies,
        type,
        num_uses,
        period,
        ttl: isRoot ? 0 : ttl,
        expire_time: isRoot ? null : '2030-01-01T00:00:00Z',
      });
    }
    case 'POST auth/token/renew-self':
      return known.renewed === undefined
        ? refused(400, 'lease is not renewable')
        : ok({}, { auth: { lease_duration: known.renewed } });
    case 'POST sys/capabilities-self': {
      if (known.isBlind) return refused(403, 'permission denied');
      const paths = body.paths as string[];
      const held = (path: string) => ALL.filter((one) => !known.lacks?.[path]?.includes(one));
      return ok(Object.fromEntries(paths.map((path) => [path, held(path)])));
    }
    case 'GET sys/mounts':
      return ok(
        Object.fromEntries(Object.entries(mounts).map(([path, accessor]) => [`${path}/`, { accessor }])),
      );
    default:
      return refused(404, 'no handler for route');
  }
}

function ok(data: Record<string, unknown> = {}, body: Record<string, unknown> = {}): VaultAnswer {
  return { status: 200, body: { data, ...body }, data, errors: [] };
}

function refused(status: number, ...errors: string[]): VaultAnswer {
  return { status, body: { errors }, data: {}, errors };
}

/** Time that passes only by waiting. */
export function fakeWaiting(passing: (seconds: number) => void = () => {}): Waiting {
  let now = 0;
  return {
    clock: {
      now: () => now,
      sleep: async (milliseconds) => {
        now += milliseconds;
        passing(now / 1000);
      },
    },
    signal: new AbortController().signal,
  };
}
