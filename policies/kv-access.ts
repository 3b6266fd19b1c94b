import type { Capability } from './capability';
import { KV_API_SEGMENTS } from './names';
import type { Rule } from './policy-document';

/**
 * What may be done with secrets of a KV v2 engine. One verb stands for all the API paths that it needs.
 *
 * - `read`: the values, newest and older versions
 * - `write`: create the secret or add a version
 * - `rotate`: add a version to a secret that exists, without creating new ones
 * - `list`: the names
 * - `inspect`: versions, times and custom metadata, without the values
 * - `delete`: hide versions, and bring them back
 * - `destroy`: remove versions, or the secret with all of them, for good
 */
export const KV_VERBS = ['read', 'write', 'rotate', 'list', 'inspect', 'delete', 'destroy'] as const;
export type KvVerb = (typeof KV_VERBS)[number];

/**
 * API prefix and capabilities of each verb
 * (https://developer.hashicorp.com/vault/docs/secrets/kv/kv-v2/setup#acl-rules).
 * `create` and `update` differ, because KV v2 tells Vault whether the secret exists.
 */
const API: Record<KvVerb, readonly (readonly [prefix: string, capabilities: readonly Capability[]])[]> = {
  read: [['data', ['read']]],
  write: [['data', ['create', 'update']]],
  rotate: [['data', ['update']]],
  list: [['metadata', ['list']]],
  inspect: [['metadata', ['read']]],
  delete: [
    ['data', ['delete']],
    ['delete', ['update']],
    ['undelete', ['update']],
  ],
  destroy: [
    ['destroy', ['update']],
    ['metadata', ['delete']],
  ],
};

/**
 * The rules for one verb.
 *
 * @param mount path of the KV v2 engine
 * @param path pattern below the mount, without `data/`: a secret's path, or a tree's with its final `*`
 * @param reason why it is granted, the comment in the rendered policy
 */
export function kvRules(mount: string, path: string, verb: KvVerb, reason: string): readonly Rule[] {
  return API[verb].map(([prefix, capabilities]) => ({
    path: kvApiPath(mount, prefix, path),
    capabilities,
    reason,
  }));
}

/** What is below a KV v2 engine in its API. `detailed-metadata` is OpenBao's. */
export const KV_API: readonly string[] = [...KV_API_SEGMENTS, 'config', 'detailed-metadata'];

/** The one place where an API path of KV v2 is put together. */
export function kvApiPath(mount: string, prefix: string, path: string): string {
  return `${mount}/${prefix}/${path}`;
}

/** The path of a secret's values, as an agent template or a raw client asks for it. */
export function kvDataPath(mount: string, path: string): string {
  return kvApiPath(mount, 'data', path);
}
