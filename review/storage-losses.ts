import { counted } from '../policies/phrases';
import { markedText } from '../policies/terraform-value';
import { containers, type Loss, type Lost, someOf, text } from './lost-resource';
import type { ResourceChange } from './resource-change';
import type { ReviewedBlock, ReviewedEnvironment } from './reviewed-environment';
import { secretReaders } from './secret-readers';
import { storageMountOf } from './server-storage';
import { serversOf, type VaultServer } from './vault-servers';

export function mountPath(lost: Lost): string {
  return text(lost, 'path').replace(/\/+$/, '');
}

export function mountLoss(lost: Lost): Loss {
  const path = mountPath(lost);
  const type = text(lost, 'type');
  const isKv = /^(kv|kv-v2|generic)$/.test(type);
  const secrets = (lost.before?.access.secrets ?? []).filter(({ mount }) => mount.path === path);
  const declared =
    secrets.length === 0
      ? 'everything that was ever written to it is gone'
      : `everything in it is gone, ${counted(secrets.length, 'declared secret')} among it: ${someOf(secrets.map((one) => one.path))}`;
  return { what: `${isKv ? 'KV mount' : `mount of ${type}`} '${path}'`, meaning: declared };
}

/** @param type of the engine, as its resource is called */
export function engineLoss(lost: Lost, type: string): Loss {
  const path = (text(lost, 'path') || text(lost, 'backend') || type).replace(/\/+$/, '');
  return {
    what: `mount of ${type} '${path}'`,
    meaning: 'everything that was ever written to it is gone, and the credentials that it gave end at once',
  };
}

export function secretLoss({ before, mounts }: Lost, name: string): Loss | undefined {
  const path = name.replace(/^\/+|\/+$/g, '');
  // Of a mount that is lost, its own sentence names them.
  if ([...mounts].some((mount) => path.startsWith(`${mount}/`))) return undefined;
  const readers = before ? secretReaders(before, path) : [];
  const who = readers.length === 0 ? '' : `; read by ${someOf(readers)}`;
  return { what: `secret '${path}'`, meaning: `all its values are gone${who}` };
}

export function volumeLoss(lost: Lost): Loss {
  const name = text(lost, 'name');
  const users = containers(lost).flatMap((container) =>
    container.mounts
      .filter(({ volume }) => volume === name)
      .map(({ path }) => `${container.name} at ${path}`),
  );
  const meaning =
    users.length === 0 ? 'what is on it is gone' : `what is on it is gone; used by ${someOf(users)}`;
  return { what: `volume '${name}'`, meaning };
}

export function networkLoss(lost: Lost): Loss {
  const name = text(lost, 'name');
  const users = containers(lost).filter((container) =>
    container
      .blocks('networks_advanced')
      .some((one) => one.name !== undefined && markedText(one.name) === name),
  );
  const who = users.length === 0 ? '' : `: ${someOf(users.map((container) => container.name))}`;
  return { what: `network '${name}'`, meaning: `what is on it reaches nothing while it is away${who}` };
}

export function serverLoss({ change, action, before, after }: Lost): Loss | undefined {
  const server = serverOf(before, change);
  if (!server) return undefined;
  const what = `the server's container '${server.container.name}'`;
  if (server.isDevelopmentServer) {
    return {
      what,
      meaning: 'its secrets are in memory and gone with it, and all tokens; a deploy writes what is declared',
    };
  }
  if (action === 'delete') return { what, meaning: 'nobody reaches Vault there any more' };
  const next = serverOf(after, change);
  if (next && storagePlaceOf(next) !== storagePlaceOf(server)) {
    return { what, meaning: 'it starts on another storage: without the data that it has now' };
  }
  const unsealsItself = (server.configuration?.blocks('seal') ?? []).length > 0;
  return {
    what,
    meaning: unsealsItself
      ? 'it is away until its seal has unsealed it'
      : 'it starts sealed, and answers nobody until enough holders of shares have unsealed it',
  };
}

function serverOf(
  environment: ReviewedEnvironment | undefined,
  change: ResourceChange,
): VaultServer | undefined {
  return (
    environment && serversOf(environment).find(({ container }) => isSameBlock(container.declared, change))
  );
}

/** Volume or folder of the host; nothing where it keeps its data elsewhere. */
function storagePlaceOf(server: VaultServer): string | undefined {
  const mount = storageMountOf(server);
  return mount?.volume ?? mount?.host;
}

function isSameBlock({ stack, block }: ReviewedBlock, change: ResourceChange): boolean {
  return stack === change.stack && [change.address, change.movedFrom].includes(block.address);
}
