import { isObject, markedText } from '../policies/terraform-value';
import { auditDevicesOf } from './audit-devices';
import { type Container, containersOf } from './container';
import type { Danger } from './dangers';
import { groupedBy } from './grouped-by';
import { remembered } from './remembered';
import type { ResourceChange } from './resource-change';
import type { ReviewedBlock, ReviewedEnvironment } from './reviewed-environment';
import { serversOf } from './vault-servers';

type LossAction = 'delete' | 'replace' | 'unprotect';

/** A resource that an apply deletes or makes anew, and where it is declared now. */
interface Lost {
  readonly change: ResourceChange;
  readonly action: LossAction;
  readonly declared?: ReviewedBlock;
  readonly before?: ReviewedEnvironment;
  readonly after?: ReviewedEnvironment;
  /** Paths of mounts that are lost too: they say what is lost in them. */
  readonly mounts: ReadonlySet<string>;
}

interface Loss {
  readonly what: string;
  /** What is gone, and who is hit. */
  readonly meaning: string;
}

type Judge = (lost: Lost) => Loss | undefined;

/** By type; a role's is told by its form. */
const JUDGES: Readonly<Record<string, Judge>> = {
  vault_mount: mountLoss,
  vault_kv_secret: (lost) => secretLoss(lost, text(lost, 'path')),
  vault_kv_secret_v2: (lost) => secretLoss(lost, `${text(lost, 'mount')}/${text(lost, 'name')}`),
  vault_generic_secret: (lost) => secretLoss(lost, text(lost, 'path')),
  docker_volume: volumeLoss,
  docker_network: networkLoss,
  docker_container: serverLoss,
  vault_policy: policyLoss,
  vault_audit: auditLoss,
  vault_identity_entity: identityLoss('entity'),
  vault_identity_group: identityLoss('group'),
  vault_identity_entity_alias: () => ({
    what: 'alias of an entity',
    meaning: 'whoever logs in by it is another entity from then on, without the policies of this one',
  }),
  vault_identity_group_alias: () => ({
    what: 'alias of a group',
    meaning: 'whoever is in the group by it loses its policies',
  }),
  vault_generic_endpoint: endpointLoss,
  vault_transit_secret_backend_key: (lost) => ({
    what: `transit key '${text(lost, 'name')}'`,
    meaning: 'what was encrypted with it can never be read again',
  }),
  vault_pki_secret_backend_root_cert: (lost) => ({
    what: `root CA of '${text(lost, 'backend')}'`,
    meaning: 'its key is gone, and what trusts it trusts nothing that is issued from then on',
  }),
  vault_namespace: (lost) => ({
    what: `namespace '${text(lost, 'path')}'`,
    meaning: 'everything in it is gone',
  }),
};

const AUTH_METHOD = /^vault_(\w+_)?auth_backend$/;
const AUTH_ROLE = /^vault_(\w+)_auth_backend_(role|user|group)$/;
/** Most of these hold nothing that counts. */
const MOSTLY_HARMLESS: readonly string[] = ['docker_container', 'vault_generic_endpoint'];

/** Whether a resource of a type holds data or identity. */
export function isLostByAnApply(type: string): boolean {
  return (
    (Object.hasOwn(JUDGES, type) && !MOSTLY_HARMLESS.includes(type)) ||
    AUTH_METHOD.test(type) ||
    AUTH_ROLE.test(type)
  );
}

/** What is lost of some resources, in their order. Nothing of those that can be made again as they were. */
export function losses(
  changes: readonly { readonly change: ResourceChange; readonly action: LossAction }[],
  before: ReviewedEnvironment | undefined,
  after: ReviewedEnvironment | undefined,
): readonly Danger[] {
  const blocks = new Map(
    (before?.blocks ?? []).map((one) => [JSON.stringify([one.stack, one.block.address]), one]),
  );
  const mounts = new Set<string>();
  const all = changes.map(({ change, action }): Lost => {
    const declared = blocks.get(JSON.stringify([change.stack, change.movedFrom ?? change.address]));
    return {
      change,
      action,
      mounts,
      ...(declared && { declared }),
      ...(before && { before }),
      ...(after && { after }),
    };
  });
  for (const one of all) {
    if (one.change.type === 'vault_mount' && one.action !== 'unprotect') mounts.add(mountPath(one));
  }
  return all.flatMap((lost) => {
    const { type, stack, address } = lost.change;
    const loss = judgeOf(type)?.(lost);
    if (!loss) return [];
    return { stack, address, what: loss.what, action: lost.action, meaning: sentence(lost.action, loss) };
  });
}

function judgeOf(type: string): Judge | undefined {
  if (Object.hasOwn(JUDGES, type)) return JUDGES[type];
  if (AUTH_METHOD.test(type)) return methodLoss;
  return AUTH_ROLE.test(type) ? roleLoss : undefined;
}

function sentence(action: LossAction, { meaning }: Loss): string {
  if (action !== 'unprotect') return meaning;
  return `Terraform may delete it from now on; then ${meaning}`;
}

function mountPath(lost: Lost): string {
  return text(lost, 'path').replace(/\/+$/, '');
}

function mountLoss(lost: Lost): Loss {
  const path = mountPath(lost);
  const type = text(lost, 'type');
  const isKv = /^(kv|kv-v2|generic)$/.test(type);
  const secrets = (lost.before?.access.secrets ?? []).filter(({ mount }) => mount.path === path);
  const declared =
    secrets.length === 0
      ? 'everything that was ever written to it is gone'
      : `everything in it is gone, ${counted(secrets.length, 'declared secret')} among it: ${listed(secrets.map((one) => one.path))}`;
  return { what: `${isKv ? 'KV mount' : `mount of ${type}`} '${path}'`, meaning: declared };
}

function secretLoss({ before, mounts }: Lost, name: string): Loss | undefined {
  const path = name.replace(/^\/+|\/+$/g, '');
  // Of a mount that is lost, its own sentence names them.
  if ([...mounts].some((mount) => path.startsWith(`${mount}/`))) return undefined;
  const secret = before?.access.secrets.find((one) => `${one.mount.path}/${one.path}` === path);
  const readers = (before?.access.identities ?? []).filter(
    ({ kind, accessList }) =>
      secret && kind !== 'policy' && accessList.decide({ operation: 'read', path: secret.apiPath }).allowed,
  );
  const who = readers.length === 0 ? '' : `; read by ${listed(readers.map((one) => one.name))}`;
  return { what: `secret '${path}'`, meaning: `all its values are gone${who}` };
}

function volumeLoss(lost: Lost): Loss {
  const name = text(lost, 'name');
  const users = containers(lost).flatMap((container) =>
    container.mounts
      .filter(({ volume }) => volume === name)
      .map(({ path }) => `${container.name} at ${path}`),
  );
  const meaning =
    users.length === 0 ? 'what is on it is gone' : `what is on it is gone; used by ${listed(users)}`;
  return { what: `volume '${name}'`, meaning };
}

function networkLoss(lost: Lost): Loss {
  const name = text(lost, 'name');
  const users = containers(lost).filter((container) =>
    container
      .blocks('networks_advanced')
      .some((one) => one.name !== undefined && markedText(one.name) === name),
  );
  const who = users.length === 0 ? '' : `: ${listed(users.map((container) => container.name))}`;
  return { what: `network '${name}'`, meaning: `what is on it reaches nothing while it is away${who}` };
}

function serverLoss({ change, action, before }: Lost): Loss | undefined {
  const server = before && serversOf(before).find(({ container }) => isSameBlock(container.declared, change));
  if (!server) return undefined;
  const what = `the server's container '${server.container.name}'`;
  if (server.isDevelopmentServer) {
    return {
      what,
      meaning: 'its secrets are in memory and gone with it, and all tokens; a deploy writes what is declared',
    };
  }
  if (action === 'delete') return { what, meaning: 'nobody reaches Vault there any more' };
  const unsealsItself = (server.configuration?.blocks('seal') ?? []).length > 0;
  return {
    what,
    meaning: unsealsItself
      ? 'it is away until its seal has unsealed it'
      : 'it starts sealed, and answers nobody until enough holders of shares have unsealed it',
  };
}

function isSameBlock({ stack, block }: ReviewedBlock, change: ResourceChange): boolean {
  return stack === change.stack && block.address === (change.movedFrom ?? change.address);
}

function policyLoss(lost: Lost): Loss | undefined {
  const name = text(lost, 'name').trim().toLowerCase();
  const users = usersOf(lost.before, name);
  if (lost.before && users.length === 0) return undefined;
  const still = usersOf(lost.after, name);
  const isGone = lost.after && !lost.after.access.policies.has(name);
  const after =
    isGone && still.length > 0 ? `; ${listed(still)} still ${still.length === 1 ? 'names' : 'name'} it` : '';
  const who =
    users.length === 0 ? 'whoever has it loses' : `${listed(users)} ${users.length === 1 ? 'loses' : 'lose'}`;
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

function methodLoss(lost: Lost): Loss {
  const [, kind = ''] = AUTH_METHOD.exec(lost.change.type) ?? [];
  const type = text(lost, 'type') || kind.replace(/_$/, '');
  const path = (text(lost, 'path') || type).replace(/\/+$/, '');
  const roles = (lost.before?.blocks ?? []).filter(
    ({ block }) =>
      block.kind === 'resource' &&
      AUTH_ROLE.test(block.type) &&
      textIn(block.values.attribute(block, 'backend')) === path,
  );
  const names = roles.map((one) => roleName(one));
  const who = names.length === 0 ? 'nobody logs in by it' : `nobody logs in by it: ${listed(names)}`;
  return { what: `auth method '${path}'`, meaning: `${who}, and the tokens that it gave end at once` };
}

function roleLoss(lost: Lost): Loss {
  const [, method = '', kind = 'role'] = AUTH_ROLE.exec(lost.change.type) ?? [];
  const { declared, change } = lost;
  const name = declared
    ? roleName(declared)
    : text(lost, 'role_name') || text(lost, 'role') || change.address;
  const id = text(lost, 'role_id');
  const users =
    id === '' ? [] : containers(lost).filter(({ environment }) => [...environment.values()].includes(id));
  const who =
    users.length === 0 ? 'nobody logs in by it' : `${listed(users.map((one) => one.name))} cannot log in`;
  return { what: `${kind} '${name}' of ${method}`, meaning: who };
}

function roleName({ block }: ReviewedBlock): string {
  const names = ['role_name', 'name', 'username', 'groupname', 'role'];
  const texts = names.flatMap((one) => (block.attributes[one] ? [block.values.attribute(block, one)] : []));
  return texts.map(textIn).find(Boolean) ?? block.address;
}

function identityLoss(kind: string): Judge {
  return (lost) => {
    const policies = lost.declared && listIn(lost.declared, 'policies');
    const of = policies && policies.length > 0 ? `: ${listed(policies)}` : '';
    return {
      what: `${kind} '${text(lost, 'name')}'`,
      meaning: `whoever is ${kind === 'entity' ? 'known as' : 'in'} it loses its policies${of}`,
    };
  };
}

function auditLoss(lost: Lost): Loss {
  const path = text(lost, 'path') || text(lost, 'type');
  const others = lost.after ? auditDevicesOf(lost.after).length : 0;
  const rest =
    lost.action === 'delete' && lost.after && others === 0
      ? ', and there is no other device: nothing is recorded'
      : '';
  return { what: `audit device '${path}'`, meaning: `requests are not recorded by it any more${rest}` };
}

function containers({ before }: Lost): readonly Container[] {
  return before ? containersOf(before) : [];
}

/** As it is declared now, else as the change shows it; nothing where neither tells. */
function text({ declared, change }: Lost, attribute: string): string {
  const { block } = declared ?? {};
  const value = block && (block.attributes[attribute] ?? undefined) !== undefined;
  if (value) return textIn(block.values.attribute(block, attribute)) ?? '';
  const shown = change.attributes.find(({ name }) => name === attribute)?.before;
  return shown?.kind === 'text' ? shown.text : '';
}

function textIn(value: unknown): string | undefined {
  return markedText(value as Parameters<typeof markedText>[0]);
}

function listIn({ block }: ReviewedBlock, attribute: string): readonly string[] {
  const value = block.attributes[attribute] === undefined ? [] : block.values.attribute(block, attribute);
  return Array.isArray(value) && !isObject(value) ? value.flatMap((one) => textIn(one) ?? []) : [];
}

/** Users and roles that are written as requests. */
const LOGIN = /^\/?auth\/(.+)\/(users?|roles?|groups?)\/([^/]+)\/?$/;

function endpointLoss(lost: Lost): Loss | undefined {
  const [, method, kind = '', name] = LOGIN.exec(text(lost, 'path')) ?? [];
  if (name === undefined) return undefined;
  return { what: `${kind.replace(/s$/, '')} '${name}' of ${method}`, meaning: 'nobody logs in by it' };
}

/** How many are named one by one. */
const NAMED = 5;

function listed(all: readonly string[]): string {
  const names = [...new Set(all)];
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ');
}

function counted(n: number, one: string): string {
  return `${n} ${n === 1 ? one : `${one}s`}`;
}
