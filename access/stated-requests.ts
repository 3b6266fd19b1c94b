import { KV_API, KV_VERBS, type KvVerb, kvApiPath, kvRules } from '../policies/kv-access';
import { didYouMean } from '../policies/nearest-name';
import { OPERATIONS, type Operation } from '../policies/operation';
import { PathPattern } from '../policies/path-pattern';
import type { EnvironmentAccess } from './environment-access';

/** A secret or a tree of secrets of a KV v2 engine: what `addSecret` and `tree` of a mount return, or the like. */
export interface KvTarget {
  readonly mount: { readonly path: string };
  /** Of one secret, below the mount. */
  readonly path?: string;
  /** Of a tree, below the mount: with its final `*`. */
  readonly pattern?: string;
}

/** One, or several that are said of the same. */
export type Some<T extends string> = T | readonly T[];

/** What a request asks for, or the right to what Vault protects besides, which is nothing by itself. */
export type StatedOperation = Operation | 'sudo';

/** One of the requests that a statement comes to. */
export interface StatedRequest {
  readonly operation: StatedOperation;
  readonly pattern: PathPattern;
  /** As it was said, where a verb comes to other operations: `write (create)`. */
  readonly words: string;
}

/** What a statement is about. Those that no request can be like would hold whatever the policies say, so they are refused. */
export function statedRequests(
  all: Some<string>,
  target: KvTarget | string,
  environment: EnvironmentAccess,
): readonly StatedRequest[] {
  const list = listOf(all);
  if (list.length === 0) {
    throw new Error("'operation' must be at least one, got none; a statement about nothing always holds");
  }
  return list.flatMap((what) => requestsOf(what, target, environment));
}

function requestsOf(
  what: string,
  target: KvTarget | string,
  environment: EnvironmentAccess,
): readonly StatedRequest[] {
  if (typeof target === 'string') {
    const operation = oneOf('operation', what, [...OPERATIONS, 'sudo'] as const);
    refuseOtherPath(target, environment);
    return [{ operation, pattern: PathPattern.of(target), words: wordsOf(operation) }];
  }
  const verb = oneOf('verb', what, KV_VERBS);
  const mount = mountOf(target, environment);
  return kvRules(mount, pathOf(target), verb, '').flatMap(({ path, capabilities }) =>
    capabilities.map((operation) => stated(verb, operation as Operation, path)),
  );
}

/**
 * Requests by which somebody gets nearly the same as by a verb, though they are no part of it: a patch writes too. Who
 * cannot do what the verb says must not get there by them.
 */
export function sameByOtherWays(all: Some<string>, target: KvTarget | string): readonly StatedRequest[] {
  if (typeof target === 'string') return [];
  return listOf(all).flatMap((verb) =>
    (OTHER_WAYS[verb as KvVerb] ?? []).map(([prefix, operation]) =>
      stated(verb, operation, kvApiPath(target.mount.path, prefix, pathOf(target))),
    ),
  );
}

function listOf<T extends string>(all: Some<T>): readonly T[] {
  return typeof all === 'string' ? [all] : all;
}

const OTHER_WAYS: Partial<Record<KvVerb, readonly (readonly [prefix: string, operation: Operation])[]>> = {
  write: [['data', 'patch']],
  rotate: [['data', 'patch']],
  list: [
    ['metadata', 'scan'],
    ['detailed-metadata', 'list'],
    ['detailed-metadata', 'scan'],
  ],
  inspect: [
    ['subkeys', 'read'],
    ['detailed-metadata', 'list'],
    ['detailed-metadata', 'scan'],
  ],
};

function stated(verb: string, operation: Operation, path: string): StatedRequest {
  const words = verb === operation ? verb : `${verb} (${operation})`;
  return { operation, pattern: PathPattern.of(path), words };
}

function wordsOf(operation: StatedOperation): string {
  return operation === 'sudo' ? 'use sudo on' : operation === 'subscribe' ? 'subscribe to' : operation;
}

/** Types see to it in TypeScript alone; and what nobody knows, nobody can do. */
function oneOf<Name extends string>(property: string, name: string, known: readonly Name[]): Name {
  const found = known.find((one) => one === name);
  if (found !== undefined) return found;
  throw new Error(
    `'${property}' must be one of ${known.join(', ')}, got '${name}'; ${didYouMean(name, known, 'name one of these')}`,
  );
}

function mountOf({ mount }: KvTarget, { kvMounts }: EnvironmentAccess): string {
  const declared = kvMounts.find(({ path }) => path === mount.path);
  if (declared?.version !== 1) return mount.path;
  throw new Error(
    `'target' must be of a KV engine of version 2, got one of '${mount.path}', which has version 1; state its paths`,
  );
}

function pathOf({ path, pattern }: KvTarget): string {
  const given = path ?? pattern;
  if (given === undefined || given === '') {
    throw new Error(
      "'target' must have a 'path' or a 'pattern', got neither; give a secret, a tree or a path",
    );
  }
  if (given.startsWith('/')) {
    throw new Error(`'path' of a target must not start with '/', got '${given}'; write it as in the engine`);
  }
  return given;
}

function refuseOtherPath(path: string, { kvMounts }: EnvironmentAccess): void {
  const bare = path.replace(/^\//, '');
  if (bare.startsWith('v1/')) {
    throw new Error(`'path' must be without 'v1/', got '${path}'; write it as in a policy`);
  }
  const mount = kvMounts.find((one) => bare.startsWith(`${one.path}/`));
  if (mount?.version !== 2) return;
  const below = bare.slice(mount.path.length + 1);
  const [first = '', ...rest] = below.split('/');
  const isBeginning = rest.length === 0 && first.endsWith('*');
  const isPossible = KV_API.some((one) =>
    isBeginning ? one.startsWith(first.slice(0, -1)) : first === '+' || one === first,
  );
  if (below === '' || isPossible) return;
  throw new Error(
    `'path' must be one of the API below the KV engine '${mount.path}', got '${path}'; write '${kvApiPath(mount.path, 'data', below)}' for the values`,
  );
}
