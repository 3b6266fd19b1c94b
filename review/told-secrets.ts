import { withoutSlashes } from '../access/declarations';
import type { DeclaredSecret, KvMount } from '../access/environment-access';
import { gapsOf } from '../access/identity-gaps';
import type { AccessList } from '../policies/access-list';
import { kvDataPath } from '../policies/kv-access';
import { nearestName } from '../policies/nearest-name';
import { PathPattern } from '../policies/path-pattern';
import { identityOf } from './container-identity';
import { ownRules } from './policy-observations';
import { remembered } from './remembered';
import type { ReviewedEnvironment } from './reviewed-environment';
import { isOpen } from './vault-address';
import { clientsOf, isOfOneVault, type VaultClient } from './vault-clients';

/** A secret that a container is told to read, and cannot. */
export interface UnreadSecret {
  readonly client: VaultClient;
  /** Where it is told, for a person. */
  readonly where: string;
  readonly text: string;
  /**
   * - `unknown`: nothing of that name is declared, and something near it is, or nobody has a right to it
   * - `refused`: whoever the container is has no right to it
   */
  readonly because: 'unknown' | 'refused';
  /** What was probably meant. */
  readonly nearest?: string;
  /** Whoever the container is, with their kind. */
  readonly identity?: string;
}

/** Names that applications give to the variable with a secret's path. */
const SECRET_PATH =
  /(?:^|_)(?:VAULT|BAO|OPENBAO|KV|SECRETS?|CREDENTIALS?)(?:_[A-Z0-9]+)*_PATH$|_(?:VAULT|KV)_SECRET$/;
/** Paths of something else. */
const NO_SECRET = /AUTH|ROLE|LOGIN|CERT|CA_|BIN|TRANSIT|PKI|SSH|LOG|CONFIG|TOKEN/;
/** What a program fills in. */
const HOLE = /[{}<>%*$\s]/;
/** So that no folder of thousands is compared with thousands of texts. */
const MOST = 300;

export const unreadSecretsOf = remembered((environment: ReviewedEnvironment): readonly UnreadSecret[] =>
  clientsOf(environment)
    .filter((client) => isOfOneVault(environment, client))
    .flatMap((client) => toldBy(client).flatMap(([where, text]) => judged(environment, client, where, text))),
);

function toldBy({
  variables,
  mounts,
  agent,
}: VaultClient): readonly (readonly [where: string, text: string])[] {
  const ofMounts = new Set(mounts.map(([name]) => name));
  const told = [...variables].filter(
    ([name]) => SECRET_PATH.test(name) && !NO_SECRET.test(name) && !ofMounts.has(name),
  );
  const templates = new Set(agent?.configuration?.secrets ?? []);
  return [
    ...told.map(([name, text]) => [`'${name}'`, text] as const),
    ...[...templates].map((text) => ['a template of its agent', text] as const),
  ];
}

interface Place {
  readonly mount: KvMount;
  /** Without the part of the API. */
  readonly path: string;
}

function judged(
  environment: ReviewedEnvironment,
  client: VaultClient,
  where: string,
  text: string,
): readonly UnreadSecret[] {
  if (isOpen(text) || HOLE.test(text) || /^[./]/.test(text)) return [];
  const places = placesOf(environment, client, text, where.startsWith("'"));
  const known = declaredOf(environment);
  const isDeclared = places.some((one) => known.secrets.has(keyOf(one)));
  if (places.length === 0 || places.some((one) => known.folders.has(keyOf(one)))) return [];
  const identity = identityOf(environment, client.container);
  const told = { client, where, text };
  const nearest = isDeclared ? undefined : nearestOf(environment, places);
  if (nearest !== undefined) return [{ ...told, because: 'unknown', nearest }];
  if (!identity) {
    const isKnown = isDeclared || environment.access.secrets.length === 0;
    return isKnown || places.some((one) => isGivenToSomebody(environment, one))
      ? []
      : [{ ...told, because: 'unknown' }];
  }
  const { accessList, kind, fullName } = identity;
  const isAllowed = places.some((one) => isAllowedTo(accessList, apiPath(one)));
  if (isAllowed || gapsOf(identity, environment.access).length > 0) return [];
  return [{ ...told, because: 'refused', identity: `${kind} '${fullName}'` }];
}

const OPERATIONS = ['read', 'create', 'update', 'patch', 'list'] as const;

/** Whether there is a right to it, or to something below it: then it is a folder. */
function isAllowedTo(list: AccessList, path: string): boolean {
  const isAllowed = OPERATIONS.some((operation) => {
    const { allowed, cause } = list.decide({ operation, path });
    return allowed || cause === 'condition';
  });
  return (
    isAllowed || list.rules.some(({ denies, pattern }) => !denies && pattern.beginning.startsWith(`${path}/`))
  );
}

/** A path is written with its mount, or without where another variable has that; both may fit. */
function placesOf(
  { access }: ReviewedEnvironment,
  { mounts }: VaultClient,
  text: string,
  isVariable: boolean,
): readonly Place[] {
  const path = text.replace(/^v1\//, '').replace(/\/+$/, '');
  const whole = access.kvMounts.find((one) => path.startsWith(`${one.path}/`));
  const told = mounts.map(([, mount]) => withoutSlashes(mount));
  const below = isVariable ? access.kvMounts.filter((one) => told.includes(one.path)) : [];
  return [
    ...(whole ? [placeOf(whole, path.slice(whole.path.length + 1))] : []),
    ...below.map((mount) => placeOf(mount, path)),
  ];
}

function placeOf(mount: KvMount, path: string): Place {
  return { mount, path: mount.version === 2 ? path.replace(/^data\//, '') : path };
}

function keyOf({ mount, path }: Place): string {
  return `${mount.path}\0${path}`;
}

function apiPath({ mount, path }: Place): string {
  return mount.version === 2 ? kvDataPath(mount.path, path) : `${mount.path}/${path}`;
}

interface Declared {
  readonly secrets: ReadonlySet<string>;
  /** Those above secrets. */
  readonly folders: ReadonlySet<string>;
  /** By the folder, or by the last name: one of both is mostly right. */
  readonly near: ReadonlyMap<string, readonly string[]>;
}

const declaredOf = remembered(({ access }: ReviewedEnvironment): Declared => {
  const secrets = new Set(access.secrets.map(keyOf));
  const folders = new Set(access.secrets.flatMap(foldersOf));
  const near = new Map<string, string[]>();
  for (const secret of access.secrets) {
    for (const key of nearKeys(secret))
      near.set(key, [...(near.get(key) ?? []), secret.path].slice(0, MOST + 1));
  }
  return { secrets, folders, near };
});

function foldersOf({ mount, path }: DeclaredSecret): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, i) => keyOf({ mount, path: parts.slice(0, i + 1).join('/') }));
}

function nearKeys({ mount, path }: Place): readonly string[] {
  const end = path.lastIndexOf('/');
  return [
    `in ${keyOf({ mount, path: path.slice(0, end + 1) })}`,
    `as ${keyOf({ mount, path: path.slice(end + 1) })}`,
  ];
}

function nearestOf(environment: ReviewedEnvironment, places: readonly Place[]): string | undefined {
  const { near } = declaredOf(environment);
  for (const place of places) {
    // Somebody wrote a rule for this very path: it is meant.
    if (exactPathsOf(environment).has(apiPath(place))) continue;
    const candidates = new Set(nearKeys(place).flatMap((key) => near.get(key) ?? []));
    if (candidates.size > MOST) continue;
    const found = [...candidates].find((one) => isTypo(one, place.path));
    if (found !== undefined) return `${place.mount.path}/${found}`;
  }
  return undefined;
}

/** Names of regions, teams and versions are near to each other too: only a longer word is taken for mistyped. */
const LONG_WORD = 5;

/** Whether two paths are the same but for one word, and that is the same but for two letters. */
function isTypo(one: string, other: string): boolean {
  const [words, others] = [one, other].map((path) => path.split(/[/_.-]/)) as [string[], string[]];
  if (words.length !== others.length) return false;
  const differing = words.flatMap((word, i) =>
    word === others[i] ? [] : [[word, others[i] as string] as const],
  );
  const [only, another] = differing;
  if (!only || another || only[0].length < LONG_WORD || /\d/.test(only.join(''))) return false;
  return Math.abs(only[0].length - only[1].length) <= 2 && nearestName(only[1], [only[0]]) !== undefined;
}

const exactPathsOf = remembered(
  (environment: ReviewedEnvironment): ReadonlySet<string> =>
    new Set(
      patternsOf(environment)
        .filter(({ kind }) => kind === 'exact')
        .map(({ text }) => text),
    ),
);

/** Where it is not known who the container is, somebody's right is enough. */
function isGivenToSomebody(environment: ReviewedEnvironment, place: Place): boolean {
  const path = apiPath(place);
  return patternsOf(environment).some((pattern) => pattern.matches(path));
}

const patternsOf = remembered((environment: ReviewedEnvironment): readonly PathPattern[] => {
  const lists = new Set(environment.access.identities.map(({ accessList }) => accessList));
  const texts = [...lists].flatMap((list) =>
    list.isRoot ? ['*'] : ownRules(environment, list).map(({ pattern }) => pattern.text),
  );
  return [...new Set(texts)].map((text) => PathPattern.of(text));
});
