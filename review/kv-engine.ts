import type { KvMount } from '../access/environment-access';
import { type CapabilitySet, capabilitySet, LISTING } from '../policies/capability';
import type { PathPattern } from '../policies/path-pattern';
import type { ReviewedEnvironment } from './reviewed-environment';

/** A rule's path, or a request's, below a KV engine. */
export interface KvPlace {
  readonly mount: KvMount;
  /** The first segment below the mount, which of version 2 names a part of the API; with a final `*` where it has one. */
  readonly part: string;
  /** What follows, without the slash between; nothing where the path ends with the part. */
  readonly below?: string;
}

/** Where a part of the API of version 2 asks for one capability only. `create` is let through, since some policies say both. */
const ONLY_UPDATE: CapabilitySet = capabilitySet(['create', 'update', 'sudo', 'subscribe', 'recover']);
const MEANING: Readonly<Record<string, CapabilitySet>> = {
  data: ~LISTING,
  delete: ONLY_UPDATE,
  destroy: ONLY_UPDATE,
  undelete: ONLY_UPDATE,
};

/** @returns nothing where it is not plainly below a KV engine */
export function kvPlace({ access }: ReviewedEnvironment, path: string): KvPlace | undefined {
  const mount = access.kvMounts.find((one) => path.startsWith(`${one.path}/`));
  if (!mount) return undefined;
  const rest = path.slice(mount.path.length + 1);
  const slash = rest.indexOf('/');
  if (slash < 0) return { mount, part: rest };
  return { mount, part: rest.slice(0, slash), below: rest.slice(slash + 1) };
}

/** Which of some capabilities there is a request for at a path. What is not known counts as such. */
export function meaningful(
  environment: ReviewedEnvironment,
  path: string,
  capabilities: CapabilitySet,
): CapabilitySet {
  const place = kvPlace(environment, path);
  if (place?.mount.version !== 2) return capabilities;
  return capabilities & (MEANING[place.part] ?? capabilities);
}

/** Whether a rule is about the values of version 2. */
export function isKv2Data(environment: ReviewedEnvironment, { text }: PathPattern): boolean {
  const place = kvPlace(environment, text);
  return place?.mount.version === 2 && place.part === 'data' && place.below !== undefined;
}
