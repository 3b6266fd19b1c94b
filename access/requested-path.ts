import { KV_API, kvDataPath } from '../policies/kv-access';
import type { EnvironmentAccess, KvMount } from './environment-access';

/** A path that somebody asks about: of the API as it is, or of a secret as people name it. */
export interface RequestedPath {
  /** Of the API, without `/v1/`. */
  readonly apiPath: string;
  /** Where a secret of KV v2 was named: its engine, and its path below it. */
  readonly secret?: { readonly mount: KvMount; readonly path: string };
}

/**
 * What is meant by `bizosaas/platform/database`: where an engine of KV v2 is mounted at `bizosaas`, the values of that
 * secret, which the API keeps below `data/`. A path that names a part of that API is taken as it is.
 */
export function requestedPath(
  given: string,
  { kvMounts }: Pick<EnvironmentAccess, 'kvMounts'>,
): RequestedPath {
  const apiPath = given.replace(/^\/*(v1\/+)?/, '');
  const mount = kvMounts.find(({ path, version }) => version === 2 && apiPath.startsWith(`${path}/`));
  if (!mount) return { apiPath };
  const path = apiPath.slice(mount.path.length + 1);
  const [first = ''] = path.split('/');
  if (path === '' || KV_API.includes(first)) return { apiPath };
  return { apiPath: kvDataPath(mount.path, path), secret: { mount, path } };
}
