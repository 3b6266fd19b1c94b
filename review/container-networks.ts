import { isObject, Unknown, type Value } from '../policies/terraform-value';
import { type Container, containersOf, textOf } from './container';
import { remembered } from './remembered';
import type { ReviewedEnvironment } from './reviewed-environment';
import { isOpen } from './vault-address';

/** Which networks a container is on. */
export interface ContainerNetworks {
  /** Names; what only Terraform knows is in brackets, the same for the same. */
  readonly names: readonly string[];
  /** Whether there are no others, and each one is known. */
  readonly isWhole: boolean;
  /** Whether it has the network of its host. */
  readonly isHost: boolean;
  /** Whether it has that of another container. */
  readonly isJoined: boolean;
  /** The same for those who find the same containers. */
  readonly key: string;
}

export const networksOf = remembered((container: Container): ContainerNetworks => {
  const mode = container.text('network_mode') ?? '';
  const names = [
    ...container.blocks('networks_advanced').flatMap(({ name = null }) => networkName(name) ?? []),
    ...container.texts('networks'),
  ];
  const isNamed = !/^(|bridge|default|none|host|container:.*)$/.test(mode);
  if (isNamed) names.push(mode);
  const isWhole =
    !container.isUnsure('networks_advanced') &&
    !container.isUnsure('networks') &&
    !names.some(isOpen) &&
    !isOpen(mode);
  const isJoined = mode.startsWith('container:');
  const key = [isWhole, isJoined, ...names].join('\0');
  return { names, isWhole, isHost: mode === 'host', isJoined, key };
});

/** A container may name a network by its id, which only Terraform knows. */
function networkName(name: Value): string | undefined {
  if (!(name instanceof Unknown)) return textOf(name);
  const { of } = name.known;
  const known = of?.block.type === 'docker_network' && of.block.values.attribute(of.block, 'name');
  return typeof known === 'string' ? known : name.marked;
}

/** Names by which others on its networks find a container. */
function namesOf(container: Container): readonly string[] {
  const aliases = container
    .blocks('networks_advanced')
    .flatMap((one) => [one.aliases ?? []].flat())
    .flatMap((one) => textOf(one as Value) ?? []);
  const more = [...aliases, ...container.texts('network_alias'), container.text('hostname') ?? ''];
  return [container.name, ...more].filter((name) => name !== '').map((name) => name.toLowerCase());
}

/** Containers by the names that Docker knows them by; several may have the same alias. */
export const namedContainersOf = remembered(
  (environment: ReviewedEnvironment): ReadonlyMap<string, readonly Container[]> => {
    const found = new Map<string, Container[]>();
    for (const container of containersOf(environment)) {
      for (const name of new Set(namesOf(container))) {
        const same = found.get(name);
        if (same) same.push(container);
        else found.set(name, [container]);
      }
    }
    return found;
  },
);

/** Networks that are made here: who else is on others, nobody knows. */
const ownNetworksOf = remembered(
  ({ blocks }: ReviewedEnvironment): ReadonlySet<string> =>
    new Set(
      blocks
        .filter(({ block: { kind, type } }) => kind === 'resource' && type === 'docker_network')
        .flatMap(({ block }) => textOf(block.values.attribute(block, 'name')) ?? []),
    ),
);

/** Whether all names are known that a container can find on its networks. */
export function knowsAllNames(environment: ReviewedEnvironment, container: Container): boolean {
  const { names, isWhole, isJoined } = networksOf(container);
  const own = ownNetworksOf(environment);
  return (
    environment.modules.length === 0 &&
    isWhole &&
    !isJoined &&
    names.every((name) => own.has(name)) &&
    hasKnownNames(environment)
  );
}

const hasKnownNames = remembered(
  (environment: ReviewedEnvironment): boolean =>
    ![...namedContainersOf(environment).keys()].some(isOpen) &&
    !environment.blocks.some(({ block: { type } }) => /^docker_(service|compose)/.test(type)),
);

/** Names that are written into a container's own list of hosts. */
export function writtenHosts(container: Container): readonly string[] {
  return container.blocks('host').flatMap((one) => (isObject(one) ? (textOf(one.host) ?? []) : []));
}

/** Whether one finds the other by its name. Nothing where nobody knows before an apply. */
export function areConnected(one: Container, other: Container): boolean | undefined {
  const [a, b] = [networksOf(one), networksOf(other)];
  if (one === other) return true;
  if (a.isJoined || b.isJoined) return undefined;
  if (a.names.some((name) => b.names.includes(name))) return true;
  return a.isWhole && b.isWhole ? false : undefined;
}
