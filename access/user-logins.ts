import type { BlockInstance } from '../policies/terraform-blocks';
import { isList, isObject, type Value } from '../policies/terraform-value';
import type { Declarations, Missing } from './declarations';
import { hasNoDefault, type Login, mountOf, policiesMissing } from './logins';
import { granteesOf, granteesOfLeftOut } from './notes';

/** An auth method that knows people and their groups: policies come of both, and of the method itself. */
interface Directory {
  readonly name: string;
  readonly backend: string;
  readonly user: { readonly type: string; readonly name: string };
  readonly group: { readonly type: string; readonly name: string };
  /** Whether names count as written. */
  readonly isCaseSensitive: boolean;
}

const DIRECTORIES: readonly Directory[] = [
  {
    name: 'LDAP',
    backend: 'vault_ldap_auth_backend',
    user: { type: 'vault_ldap_auth_backend_user', name: 'username' },
    group: { type: 'vault_ldap_auth_backend_group', name: 'groupname' },
    isCaseSensitive: false,
  },
  {
    name: 'Okta',
    backend: 'vault_okta_auth_backend',
    user: { type: 'vault_okta_auth_backend_user', name: 'username' },
    group: { type: 'vault_okta_auth_backend_group', name: 'group_name' },
    isCaseSensitive: true,
  },
  {
    name: 'GitHub',
    backend: 'vault_github_auth_backend',
    user: { type: 'vault_github_user', name: 'user' },
    group: { type: 'vault_github_team', name: 'team' },
    isCaseSensitive: false,
  },
];

interface Member {
  readonly name: string;
  readonly mount: string;
  readonly address: string;
  readonly policies: readonly string[];
  readonly groups: readonly string[];
}

/** Users and groups of LDAP, Okta and GitHub. A group stands for a member that is in no other. */
export function directoryLogins(declarations: Declarations): readonly Login[] {
  return DIRECTORIES.flatMap((directory) => {
    const users = members(directory.user, directory, declarations, 'user');
    const groups = members(directory.group, directory, declarations, 'group');
    const mounts = new Set([...users, ...groups].map(({ mount }) => mount));
    for (const mount of mounts) {
      if (!groups.some((group) => group.mount === mount)) continue;
      declarations.notes.add(
        `who is in which group of auth/${mount} is known to ${directory.name} only; who is in several has the policies of all of them`,
        { kind: 'user' },
      );
    }
    return [
      ...users.map((user) => login('user', user, groups, directory, declarations)),
      ...groups.map((group) => login('group', group, [], directory, declarations)),
    ];
  });
}

function login(
  kind: 'user' | 'group',
  member: Member,
  groups: readonly Member[],
  { backend, isCaseSensitive }: Directory,
  declarations: Declarations,
): Login {
  const { name, mount, address } = member;
  const key = (one: string) => (isCaseSensitive ? one : one.toLowerCase());
  const own = groups.filter(
    (group) => group.mount === mount && member.groups.some((one) => key(one) === key(group.name)),
  );
  const settings = declarations
    .all(backend)
    .find((block) => mountOf(block, declarations, 'everybody') === mount);
  return {
    kind,
    fullName: name,
    address,
    mount,
    policies: [
      ...(settings ? declarations.texts(settings, 'token_policies', policiesMissing('everybody')) : []),
      ...own.flatMap(({ policies }) => policies),
      ...member.policies,
    ],
    noDefaultPolicy: settings !== undefined && hasNoDefault(settings, declarations, 'everybody'),
    hasEntity: true,
    ...(kind === 'user' && { alias: name }),
    groupAliases: kind === 'user' ? member.groups : [name],
  };
}

function members(
  { type, name: attribute }: Directory['user'],
  { backend }: Directory,
  declarations: Declarations,
  inline: 'user' | 'group',
): readonly Member[] {
  const own = declarations.all(type).flatMap((block) => {
    const name = declarations.text(block, attribute, leftOut(inline));
    if (name === undefined) return [];
    const mayGrantTo = granteesOf(inline, block.address);
    return {
      name,
      mount: mountOf(block, declarations, mayGrantTo),
      address: block.address,
      policies: declarations.texts(block, 'policies', policiesMissing(mayGrantTo)),
      groups: declarations.texts(block, 'groups', {
        otherwise: 'what its members may do is missing here',
        mayGrantTo,
      }),
    };
  });
  const inside = declarations
    .all(backend)
    .flatMap((block) => inlineMembers(block, inline, attribute, declarations));
  return [...own, ...inside];
}

function leftOut(kind: 'user' | 'group'): Missing {
  return { otherwise: `the ${kind} is left out`, mayGrantTo: granteesOfLeftOut(kind) };
}

/** As Okta's method has them, in itself. */
function inlineMembers(
  block: BlockInstance,
  attribute: 'user' | 'group',
  nameAttribute: string,
  declarations: Declarations,
): readonly Member[] {
  const value = declarations.value(block, attribute) ?? [];
  const list = isList(value) ? value : [value];
  const mayGrantTo = granteesOf(attribute, block.address);
  const texts = (of: Value | undefined) =>
    declarations.listed(of ?? [], (one) =>
      declarations.unknown(block, attribute, one, policiesMissing(mayGrantTo)),
    );
  return list.flatMap((one) => {
    const name = isObject(one) ? one[nameAttribute] : undefined;
    if (!isObject(one) || typeof name !== 'string') {
      declarations.unknown(block, attribute, one, leftOut(attribute));
      return [];
    }
    const mount = mountOf(block, declarations, 'everybody');
    return { name, mount, address: block.address, policies: texts(one.policies), groups: texts(one.groups) };
  });
}
