import type { AclRule, Decision, LostRule } from '../policies/access-list';
import { type AnyCapability, capabilityNames, LISTING } from '../policies/capability';
import type { RequestDetails } from '../policies/conditions';
import { kvApiPath } from '../policies/kv-access';
import { isListing, type Operation } from '../policies/operation';
import type { EnvironmentAccess, Identity } from './environment-access';
import { type RequestedPath, requestedPath } from './requested-path';

/** Whether somebody may do something, and why. */
export interface CanAnswer {
  readonly environment: EnvironmentAccess;
  readonly identity: Identity;
  readonly operation: Operation;
  /** Of the API. */
  readonly path: string;
  readonly decision: Decision;
}

/** Answers for one identity. A listing of a secret's folder is one of its metadata. */
export function can(
  environment: EnvironmentAccess,
  identity: Identity,
  operation: Operation,
  given: string,
  details: RequestDetails = {},
): CanAnswer {
  const requested = requestedPath(given, environment);
  const path =
    requested.secret && isListing(operation)
      ? kvApiPath(requested.secret.mount.path, 'metadata', requested.secret.path)
      : requested.apiPath;
  const decision = identity.accessList.decide({ ...details, operation, path });
  return { environment, identity, operation, path, decision };
}

/** Who may do something with a path, and by which rule. */
export interface WhoAnswer {
  readonly environment: EnvironmentAccess;
  /** Of the API; several where a secret was asked about, since its names and versions have paths of their own. */
  readonly paths: readonly PathReaders[];
}

export interface PathReaders {
  readonly path: string;
  readonly readers: readonly Reader[];
}

export interface Reader {
  readonly identity: Identity;
  readonly capabilities: readonly AnyCapability[];
  /** The rule that decides about everything but listings, or about those where it is all that is allowed. */
  readonly rule: AclRule;
  /** Rules that match the path too and do not count. */
  readonly lost: readonly LostRule[];
}

/** What a secret of KV v2 is reached by besides its values. */
const BESIDES_DATA = ['metadata', 'delete', 'undelete', 'destroy', 'subkeys'];

export function who(environment: EnvironmentAccess, given: string): WhoAnswer {
  const requested = requestedPath(given, environment);
  const paths = pathsOf(requested)
    .map((path) => ({ path, readers: readersOf(environment, path) }))
    .filter(({ path, readers }) => path === requested.apiPath || readers.length > 0);
  return { environment, paths };
}

function pathsOf({ apiPath, secret }: RequestedPath): readonly string[] {
  if (!secret) return [apiPath];
  return [apiPath, ...BESIDES_DATA.map((part) => kvApiPath(secret.mount.path, part, secret.path))];
}

function readersOf({ identities }: EnvironmentAccess, path: string): readonly Reader[] {
  return identities.flatMap((identity) => {
    const rule = identity.accessList.deciding(path, 'read');
    const listing = identity.accessList.deciding(path.endsWith('/') ? path : `${path}/`, 'list');
    const allowed = ((rule?.capabilities ?? 0) & ~LISTING) | ((listing?.capabilities ?? 0) & LISTING);
    const decisive = rule && (rule.capabilities & ~LISTING) !== 0 ? rule : listing;
    if (allowed === 0 || !decisive) return [];
    const operation = decisive === rule ? 'read' : 'list';
    const { lost } = identity.accessList.decide({ operation, path });
    return [{ identity, capabilities: capabilityNames(allowed), rule: decisive, lost }];
  });
}
