import { markedText } from '../policies/terraform-value';
import { auditDevicesOf } from './audit-devices';
import { groupedBy } from './grouped-by';
import { containers, type Judge, type Loss, type Lost, listIn, someOf, text } from './lost-resource';
import { remembered } from './remembered';
import type { ReviewedBlock, ReviewedEnvironment } from './reviewed-environment';

export const AUTH_METHOD = /^vault_(\w+_)?auth_backend$/;
export const AUTH_ROLE = /^vault_(\w+)_auth_backend_(role|user|group)$/;

export function policyLoss(lost: Lost): Loss | undefined {
  const name = text(lost, 'name').trim().toLowerCase();
  const users = usersOf(lost.before, name);
  if (lost.before && users.length === 0) return undefined;
  const still = usersOf(lost.after, name);
  const isGone = lost.after && !lost.after.access.policies.has(name);
  const after =
    isGone && still.length > 0 ? `; ${someOf(still)} still ${still.length === 1 ? 'names' : 'name'} it` : '';
  const who =
    users.length === 0 ? 'whoever has it loses' : `${someOf(users)} ${users.length === 1 ? 'loses' : 'lose'}`;
  return { what: `policy '${name}' in use`, meaning: `${who} what it allows${after}` };
}

function usersOf(environment: ReviewedEnvironment | undefined, policy: string): readonly string[] {
  return (environment && policyUsers(environment).get(policy)) ?? [];
}

/** Names of those who have a policy, by its name. */
const policyUsers = remembered(({ access }: ReviewedEnvironment): ReadonlyMap<string, readonly string[]> => {
  const owners = access.identities
    .filter(({ kind }) => kind !== 'policy')
    .flatMap(({ name, policies }) => policies.map((policy) => ({ name, policy })));
  const groups = [...groupedBy(owners, ({ policy }) => policy)];
  return new Map(groups.map(([policy, own]) => [policy, own.map(({ name }) => name)]));
});

export function methodLoss(lost: Lost): Loss {
  const [, kind = ''] = AUTH_METHOD.exec(lost.change.type) ?? [];
  const type = text(lost, 'type') || kind.replace(/_$/, '');
  const path = (text(lost, 'path') || type).replace(/\/+$/, '');
  const roles = (lost.before?.blocks ?? []).filter(
    ({ block }) =>
      block.kind === 'resource' &&
      AUTH_ROLE.test(block.type) &&
      markedText(block.values.attribute(block, 'backend')) === path,
  );
  const names = roles.map((one) => roleName(one));
  const who =
    names.length === 0
      ? 'nobody can log in by it any more'
      : `nobody can log in by it any more: ${someOf(names)}`;
  return { what: `auth method '${path}'`, meaning: `${who}, and the tokens that it gave end at once` };
}

export function roleLoss(lost: Lost): Loss {
  const [, method = '', kind = 'role'] = AUTH_ROLE.exec(lost.change.type) ?? [];
  const { declared, change } = lost;
  const name = declared
    ? roleName(declared)
    : text(lost, 'role_name') || text(lost, 'role') || change.address;
  const id = text(lost, 'role_id');
  const users =
    id === '' ? [] : containers(lost).filter(({ environment }) => [...environment.values()].includes(id));
  const who =
    users.length === 0
      ? 'nobody can log in by it any more'
      : `${someOf(users.map((one) => one.name))} cannot log in`;
  return { what: `${kind} '${name}' of ${method}`, meaning: who };
}

function roleName({ block }: ReviewedBlock): string {
  const names = ['role_name', 'name', 'username', 'groupname', 'role'];
  const texts = names.flatMap((one) => (block.attributes[one] ? [block.values.attribute(block, one)] : []));
  return texts.map(markedText).find(Boolean) ?? block.address;
}

export function identityLoss(kind: string): Judge {
  return (lost) => {
    const policies = lost.declared && listIn(lost.declared, 'policies');
    const of = policies && policies.length > 0 ? `: ${someOf(policies)}` : '';
    return {
      what: `${kind} '${text(lost, 'name')}'`,
      meaning: `whoever is ${kind === 'entity' ? 'known as' : 'in'} it loses its policies${of}`,
    };
  };
}

export function auditLoss(lost: Lost): Loss {
  const path = text(lost, 'path') || text(lost, 'type');
  const others = lost.after ? auditDevicesOf(lost.after).length : 0;
  const rest =
    lost.action === 'delete' && lost.after && others === 0
      ? ', and there is no other device: nothing is recorded'
      : '';
  return { what: `audit device '${path}'`, meaning: `requests are not recorded by it any more${rest}` };
}

/** One that is replaced is mostly meant to be: it is how somebody gets another one. */
export function secretIdLoss(lost: Lost): Loss | undefined {
  if (lost.action !== 'delete') return undefined;
  const role = text(lost, 'role_name');
  return { what: `secret id of role '${role}'`, meaning: 'whoever has it cannot log in by it any more' };
}

export function tokenLoss(lost: Lost): Loss | undefined {
  if (lost.action !== 'delete') return undefined;
  const name = text(lost, 'display_name') || lost.change.address;
  return { what: `token '${name}'`, meaning: 'whoever has it reaches nothing by it any more' };
}

/** Of what refuses requests that policies allow. */
export function guardLoss(lost: Lost): Loss {
  return {
    what: `policy '${text(lost, 'name')}' of Sentinel`,
    meaning: 'what it refused is refused no longer',
  };
}

/** Users and roles that are written as requests. */
const LOGIN = /^\/?auth\/(.+)\/(users?|roles?|groups?)\/([^/]+)\/?$/;

export function endpointLoss(lost: Lost): Loss | undefined {
  const [, method, kind = '', name] = LOGIN.exec(text(lost, 'path')) ?? [];
  if (name === undefined) return undefined;
  return {
    what: `${kind.replace(/s$/, '')} '${name}' of ${method}`,
    meaning: 'nobody can log in by it any more',
  };
}
