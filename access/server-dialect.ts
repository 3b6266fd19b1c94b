import { DIALECTS, type Dialect, type DialectName } from '../policies/dialect';
import { blocksOf } from '../policies/terraform-blocks';
import type { LinkedStack } from './linked-stacks';

/**
 * Which server the stacks run or speak to: what they say of it themselves, else the image of a container.
 *
 * @param otherwise where they do not tell
 */
export function serverDialect(stacks: readonly LinkedStack[], otherwise: DialectName = 'vault'): Dialect {
  const images = stacks.flatMap(serverImages);
  const [said] = stacks.flatMap(({ values }) => distribution(values.evaluate('${local.vault}')));
  const image = images.find(({ kind }) => said === undefined || kind === said);
  const kind = said ?? image?.kind;
  if (kind === undefined) return DIALECTS[otherwise];
  return kind === 'vault' ? DIALECTS.vault : openBao(image?.tag ?? '', otherwise);
}

/** OpenBao has changed how it looks listings up with 2.6. */
function openBao(tag: string, otherwise: DialectName): Dialect {
  const [, major, minor] = /^v?(\d+)\.(\d+)(\D|$)/.exec(tag) ?? [];
  if (major === undefined) return otherwise === 'vault' ? DIALECTS.openbao : DIALECTS[otherwise];
  const isOld = Number(major) < 2 || (Number(major) === 2 && Number(minor) < 6);
  return isOld ? DIALECTS['openbao-2.5'] : DIALECTS.openbao;
}

function distribution(description: unknown): string | readonly never[] {
  const { distribution: kind } = (description ?? {}) as { distribution?: unknown };
  return kind === 'vault' || kind === 'openbao' ? kind : [];
}

interface ServerImage {
  readonly kind: 'vault' | 'openbao';
  readonly tag: string;
}

/** Of the server or of its agents, which are the same program. */
function serverImages({ json, values }: LinkedStack): readonly ServerImage[] {
  const blocks = blocksOf(json.resource) ?? {};
  return (
    [
      ['docker_container', 'image'],
      ['docker_image', 'name'],
      ['docker_service', 'name'],
    ] as const
  ).flatMap(([type, attribute]) =>
    Object.values(blocksOf(blocks[type]) ?? {}).flatMap((block) => {
      const image = values.evaluate((block as Record<string, unknown>)[attribute] ?? null);
      const [, name, tag = ''] = (typeof image === 'string' && IMAGE.exec(image)) || [];
      if (name === undefined) return [];
      return { kind: name.startsWith('vault') ? ('vault' as const) : ('openbao' as const), tag };
    }),
  );
}

/** `hashicorp/vault:1.20`, `quay.io/openbao/openbao-ubi:2.5.0@sha256:...` */
const IMAGE = /(?:^|\/)(vault(?:-enterprise)?|openbao(?:-(?:ubi|hsm|hsm-ubi))?)(?::([^@]*))?(?:@.*)?$/;
