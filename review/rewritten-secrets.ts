import { markedText } from '../policies/terraform-value';
import { someOf } from './lost-resource';
import type { ResourceChange } from './resource-change';
import type { ReviewedBlock, ReviewedEnvironment } from './reviewed-environment';
import { secretReaders } from './secret-readers';

/** A secret that an apply writes again. What it held stays in KV of version 2 as an older version. */
export interface RewrittenSecret {
  readonly stack: string;
  /** Terraform's. */
  readonly address: string;
  /** What it is for people, such as `secret 'shop/mail'`. */
  readonly what: string;
  /** Where its values come from, and who reads them, in one sentence. */
  readonly meaning: string;
}

/** Whether other values are written: `data_json` itself, or the version of what is written and kept nowhere. */
const WRITES = /^(data_json|\w+_wo_version)$/;
const NAMES: Readonly<Record<string, readonly string[]>> = {
  vault_kv_secret: ['path'],
  vault_kv_secret_v2: ['mount', 'name'],
  vault_generic_secret: ['path'],
};

/**
 * Secrets of KV that are there and get other values. All keys of a secret are written together, also where one alone is
 * meant.
 *
 * @param after what is declared once the change is in; nothing where that is not known
 */
export function rewrittenSecrets(
  changes: readonly ResourceChange[],
  after: ReviewedEnvironment | undefined,
): readonly RewrittenSecret[] {
  return changes.flatMap(({ stack, address, type, action, attributes }) => {
    if (action !== 'update' || !Object.hasOwn(NAMES, type)) return [];
    const isWritten = attributes.some((one) => WRITES.test(one.name) && one.after.kind !== 'absent');
    // One that is made elsewhere is lost where it was.
    if (!isWritten || attributes.some(({ forcesReplacement }) => forcesReplacement)) return [];
    const declared = after?.blocks.find((one) => one.stack === stack && one.block.address === address);
    const name = declared && nameOf(declared);
    const readers = after && name !== undefined ? secretReaders(after, name) : [];
    return {
      stack,
      address,
      what: `secret '${name ?? address}'`,
      meaning: `all its keys${declared ? sourcesOf(declared) : ''}${readers.length === 0 ? '' : `; read by ${someOf(readers)}`}`,
    };
  });
}

function nameOf({ block }: ReviewedBlock): string | undefined {
  const parts = (NAMES[block.type] ?? []).map((one) => markedText(block.values.attribute(block, one)));
  return parts.every(Boolean) ? parts.join('/').replace(/^\/+|\/+$/g, '') : undefined;
}

/** By what its values are put together of, where they are written and kept nowhere. */
function sourcesOf({ block }: ReviewedBlock): string {
  const written = block.attributes.data_json_wo;
  if (typeof written !== 'string') return '';
  const sources = [
    ...(/\bephemeral\.random_/.test(written) ? ['generated values are new'] : []),
    ...(/\bvar\./.test(written) ? ['supplied ones are asked for'] : []),
  ];
  return sources.length === 0 ? '' : `: ${sources.join(', ')}`;
}
