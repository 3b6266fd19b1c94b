import type { AccessChange } from '../policies/difference';
import type { KvMount } from './environment-access';

/** Of version 2, what may follow the mount. */
const PARTS = ['config', 'data', 'delete', 'destroy', 'metadata', 'subkeys', 'undelete'];

/** Whether a change is of one path of a KV engine of version 2 at which nothing can be. */
export function isNowhere({ before, after, witness }: AccessChange, mounts: readonly KvMount[]): boolean {
  const isExact = [before, after].some((rule) => rule?.pattern.kind === 'exact');
  const within = mounts.filter(({ path }) => witness.startsWith(`${path}/`));
  const [longest] = within.map(({ path }) => path).sort((a, b) => b.length - a.length);
  if (!isExact || longest === undefined) return false;
  const [part = ''] = witness.slice(longest.length + 1).split('/');
  return within.every(({ path, version }) => path !== longest || version === 2) && !PARTS.includes(part);
}
