import type { BlockInstance } from '../policies/terraform-blocks';
import { decoded, isObject, type ValueObject } from '../policies/terraform-value';
import { mountPath } from './auth-mounts';
import { type Declarations, withoutSlashes } from './declarations';
import type { Login } from './logins';
import { granteesOf, granteesOfLeftOut } from './notes';

/** What a `vault_generic_endpoint` writes: a path of the API, and an object. */
export interface EndpointWrite {
  readonly block: BlockInstance;
  /** Without slashes around it. */
  readonly path: string;
  /** As far as it is known. */
  readonly data: ValueObject | undefined;
}

export function endpointWrites(declarations: Declarations): readonly EndpointWrite[] {
  return declarations.all('vault_generic_endpoint').flatMap((block) => {
    const path = declarations.text(block, 'path', {
      otherwise: 'what it writes is not read',
      mayGrantTo: 'everybody',
    });
    if (path === undefined) return [];
    const written = declarations.value(block, 'data_json');
    const data = written === undefined ? undefined : decoded(written);
    return {
      block,
      path: withoutSlashes(path),
      data: data !== undefined && isObject(data) ? data : undefined,
    };
  });
}

/** Where roles and users of auth methods are written, and what each is. */
const LOGIN_PATH = /^auth\/(.+)\/(users|role|groups|certs)\/([^/]+)$/;
const KINDS: Readonly<Record<string, 'user' | 'role' | 'group'>> = {
  users: 'user',
  role: 'role',
  groups: 'group',
  certs: 'role',
};
/** What gives access and is not read. */
const GIVES_ACCESS =
  /^(auth\/.+\/(roles?|users|groups|certs|map)\/|auth\/token\/create|identity\/(entity|group))/;

/** Users of userpass, and whatever else is written by its path. */
export function endpointLogins(declarations: Declarations): readonly Login[] {
  return endpointWrites(declarations).flatMap(({ block, path, data }) => {
    const [, mount, part, name] = LOGIN_PATH.exec(path) ?? [];
    if (mount === undefined || name === undefined) {
      if (GIVES_ACCESS.test(path)) {
        declarations.notes.add(
          `${block.address} writes '${path}', which is not read; it may give access too`,
          'everybody',
        );
      }
      return [];
    }
    const kind = KINDS[part as string] as 'user' | 'role' | 'group';
    if (!data) {
      declarations.notes.add(
        `what ${block.address} writes to '${path}' is not known; the ${kind} is left out`,
        granteesOfLeftOut(kind),
      );
      return [];
    }
    if (kind === 'user' && 'groups' in data) {
      declarations.notes.add(
        `groups that ${block.address} writes to '${path}' are not read; policies of those are missing`,
        granteesOf(kind, block.address),
      );
    }
    const attribute = 'token_policies' in data ? 'token_policies' : 'policies';
    return {
      kind,
      fullName: name,
      address: block.address,
      mount: mountPath(mount),
      policies: declarations
        // What is written holds passwords, so it is not shown.
        .listed(data[attribute] ?? [], () =>
          declarations.notes.add(
            `'${attribute}' that ${block.address} writes to '${path}' is not known`,
            granteesOf(kind, block.address),
          ),
        )
        .flatMap((one) => one.split(',')),
      noDefaultPolicy: String(data.token_no_default_policy ?? false) === 'true',
      hasEntity: true,
      ...(kind === 'user' && { alias: name }),
      ...(typeof data.role_id === 'string' && { alias: data.role_id }),
      groupAliases: kind === 'group' ? [name] : [],
    };
  });
}
