import type { BlockInstance } from '../policies/terraform-blocks';
import { isList } from '../policies/terraform-value';
import type { Declarations } from './declarations';
import { hasNoDefault, type Login, policiesMissing } from './logins';

/** What a role of the token store lets its tokens have. */
interface TokenRole {
  readonly name: string;
  readonly address: string;
  readonly allowed: readonly string[];
  readonly noDefaultPolicy: boolean;
  /** Nothing where whoever issues the token chooses. */
  readonly isFixed: boolean;
}

/**
 * Tokens that stacks issue, and roles of the token store. Of a role it is a token that asks for all
 * policies that are allowed. Whoever issues tokens is taken to have no entity, which a token would inherit.
 *
 * @param declared names of policies, for roles that allow patterns of names
 */
export function tokenLogins(declarations: Declarations, declared: readonly string[]): readonly Login[] {
  const roles = declarations
    .all('vault_token_auth_backend_role')
    .flatMap((block) => tokenRole(block, declarations, declared));
  const ofRoles = roles
    .filter(({ isFixed }) => isFixed)
    .map(({ name, address, allowed, noDefaultPolicy }) =>
      token('role', name, address, allowed, noDefaultPolicy),
    );
  const tokens = declarations.all('vault_token').flatMap((block) => issued(block, roles, declarations));
  return [...ofRoles, ...tokens];
}

function token(
  kind: 'role' | 'token',
  fullName: string,
  address: string,
  policies: readonly string[],
  noDefaultPolicy: boolean,
): Login {
  return {
    kind,
    fullName,
    address,
    mount: 'token',
    policies,
    noDefaultPolicy,
    hasEntity: false,
    groupAliases: [],
  };
}

function tokenRole(
  block: BlockInstance,
  declarations: Declarations,
  declared: readonly string[],
): readonly TokenRole[] {
  const { address } = block;
  const name = declarations.text(block, 'role_name', {
    otherwise: 'the role is left out',
    mayGrantTo: 'others',
  });
  if (name === undefined) return [];
  const lists = [
    'allowed_policies',
    'allowed_policies_glob',
    'disallowed_policies',
    'disallowed_policies_glob',
  ];
  const [exact, globs, refused, refusedGlobs] = lists.map((attribute) =>
    declarations
      // What such a role is for, tokens of others get too.
      .texts(block, attribute, policiesMissing('everybody'))
      .map((one) => one.trim().toLowerCase()),
  ) as [string[], string[], string[], string[]];
  const isRefused = (policy: string) =>
    refused.includes(policy) || refusedGlobs.some((glob) => matches(glob, policy));
  if (globs.length > 0) {
    declarations.notes.add(
      `tokens of role '${name}' (${address}) may have any policy that matches ${globs.map((one) => `'${one}'`).join(', ')}; those that are not declared here are missing`,
      'everybody',
    );
  }
  const isFixed = exact.length + globs.length > 0;
  if (!isFixed) {
    declarations.notes.add(
      refused.length + refusedGlobs.length > 0
        ? `tokens of role '${name}' (${address}) may have every policy but ${[...refused, ...refusedGlobs].map((one) => `'${one}'`).join(', ')}; the role is left out`
        : `tokens of role '${name}' (${address}) have policies of whoever issues them; the role is left out`,
      'others',
    );
  }
  const matched = declared.filter((policy) => globs.some((glob) => matches(glob, policy)));
  return [
    {
      name,
      address,
      isFixed,
      allowed: [...exact, ...matched].filter((policy) => !isRefused(policy)),
      noDefaultPolicy: hasNoDefault(block, declarations, 'everybody') || isRefused('default'),
    },
  ];
}

function issued(
  block: BlockInstance,
  roles: readonly TokenRole[],
  declarations: Declarations,
): readonly Login[] {
  const { address } = block;
  const itself = { address };
  const policies = declarations.texts(block, 'policies', policiesMissing(itself));
  const roleName = declarations.text(block, 'role_name', {
    otherwise: 'what the role adds is missing here',
    mayGrantTo: itself,
  });
  const role = roles.find(({ name }) => name === roleName);
  if (roleName !== undefined && !role) {
    declarations.notes.add(
      `role '${roleName}' of ${address} is not declared here; what it adds is not known`,
      itself,
    );
  }
  const asked = declarations.value(block, 'policies') ?? [];
  if (isList(asked) && asked.length === 0 && !role?.isFixed) {
    declarations.notes.add(`${address} has the policies of whoever deploys; it is left out`, 'everybody');
    return [];
  }
  const noDefault = hasNoDefault(block, declarations, itself, 'no_default_policy');
  const unnamed = { otherwise: 'it is called by its address', mayGrantTo: itself };
  const name = declarations.text(block, 'display_name', unnamed) ?? labelName(block);
  return [
    token(
      'token',
      name,
      address,
      policies.length > 0 ? policies : (role?.allowed ?? []),
      noDefault || role?.noDefaultPolicy === true,
    ),
  ];
}

/** cdktf adds a hash to the names of its constructs, and `Resource` is the name of what a construct is made of. */
function labelName({ label, key }: BlockInstance): string {
  const name = label.replace(/_[0-9A-F]{8}$/, '');
  return key === undefined ? name : `${name}-${key}`;
}

/** Here a `*` stands for any rest wherever it is. */
function matches(glob: string, name: string): boolean {
  const parts = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}
