import { MARK, markedText, Unknown } from '../policies/terraform-value';
import { type Container, containersOf, isBelow, mountOf, textOf } from './container';
import { remembered } from './remembered';
import type { ReviewedEnvironment } from './reviewed-environment';
import { ServerConfiguration } from './server-configuration';

/** A container that a server runs in. */
export interface VaultServer {
  readonly product: 'vault' | 'openbao';
  /** Of the image, as it is asked for. @default nobody knows before an apply */
  readonly image?: string;
  readonly container: Container;
  /** In memory, unsealed, with a root token that is known. */
  readonly isDevelopmentServer: boolean;
  /** How many files its configuration is made of, as far as they are declared. */
  readonly files: number;
  /** @default it is declared nowhere, or part of it cannot be read */
  readonly configuration?: ServerConfiguration;
  /** Why it cannot be read. @default it can, or there is none */
  readonly unread?: 'broken' | 'unknown' | 'on the host';
}

/** Servers of an environment, told by what everybody can see: the image, or that `vault server` is run. */
export const serversOf = remembered((environment: ReviewedEnvironment): readonly VaultServer[] =>
  foundIn(containersOf(environment)),
);

function foundIn(containers: readonly Container[]): readonly VaultServer[] {
  return containers.flatMap((container) => {
    const image = imageOf(container);
    const product = productOf(container, image);
    if (!product) return [];
    const texts = configurationTexts(container, product, containers);
    const configuration = texts.includes(undefined)
      ? undefined
      : ServerConfiguration.of(texts as readonly string[]);
    return {
      product,
      container,
      isDevelopmentServer: isDevelopmentServer(container),
      files: texts.length,
      ...(image !== undefined && { image }),
      ...(configuration && texts.length > 0 && { configuration }),
      ...unreadOf(container, product, texts, configuration),
    };
  });
}

function unreadOf(
  container: Container,
  product: VaultServer['product'],
  texts: readonly (string | undefined)[],
  configuration: ServerConfiguration | undefined,
): Pick<VaultServer, 'unread'> {
  if (texts.includes(undefined)) return { unread: 'unknown' };
  if (!configuration) {
    return { unread: texts.some((text) => (text ?? '').search(MARK) >= 0) ? 'unknown' : 'broken' };
  }
  const places = configurationPlaces(container, product);
  const isOnHost = places.some((place) => mountOf(container, place)?.host !== undefined);
  return isOnHost && texts.length === 0 ? { unread: 'on the host' } : {};
}

/** A container names its image, or the resource that pulls it. */
export function imageOf(container: Container): string | undefined {
  const value = container.value('image');
  if (!(value instanceof Unknown)) return textOf(value);
  const { of } = value.known;
  return of && markedText(of.block.values.attribute(of.block, 'name'));
}

/** Of both products. */
export const IMAGE = /(?:^|\/)(vault(?:-enterprise)?|openbao(?:-hsm)?(?:-ubi)?)(?=[:@]|$)/;
/** As a word of its own, or as a command of a script. */
const RUN = /(?:^|[;&|\n]\s*|\bexec\s+|\bsu-exec\s+\S+\s+)(vault|bao)\s+server\b/;

function productOf(container: Container, image: string | undefined): VaultServer['product'] | undefined {
  for (const text of commandsIn(container, 'server')) {
    const [, program] = RUN.exec(text) ?? [];
    if (program !== undefined) return program === 'bao' ? 'openbao' : 'vault';
  }
  const [, repository] = IMAGE.exec(image ?? '') ?? [];
  if (repository === undefined || container.value('entrypoint') !== undefined) return undefined;
  const [first] = container.texts('command');
  // Without a command the image runs a server for development.
  const isServer = container.value('command') === undefined || first === 'server';
  if (!isServer) return undefined;
  return repository.startsWith('openbao') ? 'openbao' : 'vault';
}

/**
 * Where a container may run a command of Vault's programs: each word with the one after it, since it may be a script or
 * the first of two words.
 *
 * @returns none where no word has the command in it, which is quickly told and so of most containers
 */
export function commandsIn({ words }: Container, command: string): readonly string[] {
  if (!words.some((word) => word.includes(command))) return [];
  return words.map((word, i) => (i + 1 < words.length ? `${word} ${words[i + 1]}` : word));
}

function isDevelopmentServer(container: Container): boolean {
  const { words } = container;
  if (container.value('command') === undefined && container.value('entrypoint') === undefined) return true;
  return words.some((word) => /(?:^|\s)--?dev(?:-[a-z-]+)?(?:[=\s]|$)/.test(word));
}

/** Nothing for each that is there and not known. */
function configurationTexts(
  container: Container,
  product: VaultServer['product'],
  containers: readonly Container[],
): readonly (string | undefined)[] {
  const variable = container.environment.get(product === 'vault' ? 'VAULT_LOCAL_CONFIG' : 'BAO_LOCAL_CONFIG');
  const places = configurationPlaces(container, product);
  const uploaded = uploads(container).filter(({ file }) => places.some((place) => isBelow(file, place)));
  const volumes = container.mounts
    .filter(({ path, volume }) => volume !== undefined && places.some((place) => isBelow(place, path)))
    .map(({ volume }) => volume);
  const prepared = containers
    .filter(
      (other) => other !== container && other.mounts.some(({ volume }) => volumes.includes(volume ?? '')),
    )
    .flatMap(uploads);
  return [
    ...uploaded.map(({ text }) => text),
    ...prepared.map(({ text }) => text),
    ...(variable ? [variable] : []),
  ];
}

/** Where a server looks for its configuration: folders, or files. */
function configurationPlaces({ words }: Container, product: VaultServer['product']): readonly string[] {
  const all = words.flatMap((word) => word.split(/\s+/));
  const named = all.flatMap((word, i) => {
    const [flag, place] = /^--?config(?:=(.*))?$/.exec(word) ?? [];
    return flag === undefined ? [] : (place ?? all[i + 1] ?? []);
  });
  return [`/${product}/config`, ...named];
}

interface Upload {
  readonly file: string;
  /** @default it is a file of the host, or known at an apply only */
  readonly text?: string;
}

function uploads(container: Container): readonly Upload[] {
  return container
    .blocks('upload')
    .map(({ file, content }) => ({ file: textOf(file) ?? '', text: textOf(content) }))
    .filter(({ file }) => /\.(hcl|json)$/.test(file));
}
