import { isTooDeep } from '../policies/json-depth';
import { forcingAttributes } from './forced-replacement';
import { KnownSecrets } from './masking/known-secrets';
import { attributeChanges } from './plan/attribute-changes';
import type { Json } from './plan/plan';
import type { AttributeChange } from './resource-change';

type Attributes = Readonly<Record<string, unknown>>;

/** What is said to Terraform and cdktf, and changes nothing of what is there. */
const META: readonly string[] = ['//', 'depends_on', 'provider', 'provisioner', 'connection'];
/** The rest of `lifecycle` is checks, which no apply writes anywhere. */
const LIFECYCLE: readonly string[] = [
  'create_before_destroy',
  'ignore_changes',
  'prevent_destroy',
  'replace_triggered_by',
];

/** What is written to a provider and kept nowhere, and what KV keeps. */
const SECRET = /_wo$|^data_json$/;
const SECRET_DATA = /^vault_(kv_secret|generic_secret)/;

/**
 * What of a block's attributes changes as they are written, in the order of their names. All that are set where it is on one
 * side only.
 *
 * @param secret attributes that are secret for another reason than their names
 */
export function synthAttributeChanges(
  type: string,
  before: Attributes | undefined,
  after: Attributes | undefined,
  secret: readonly string[] = [],
): readonly AttributeChange[] {
  const [from, to] = [shape(before), shape(after)];
  const isUpdate = from !== undefined && to !== undefined;
  const changes = attributeChanges(
    {
      actions: [isUpdate ? 'update' : to === undefined ? 'delete' : 'create'],
      before: from ?? null,
      after: to ?? null,
      before_sensitive: marks(type, from, secret),
      after_sensitive: marks(type, to, secret),
      ...(isUpdate && { replace_paths: forcingAttributes(type).map((name) => [name]) }),
    },
    // A synth marks no value as secret.
    { type, known: KnownSecrets.none(), isSet: () => true },
  );
  // What is written to a provider alone is told by its version too.
  return [...new Map(changes.map((one) => [one.name, one])).values()];
}

function shape(attributes: Attributes | undefined): Readonly<Record<string, Json>> | undefined {
  if (attributes === undefined) return undefined;
  const kept = Object.entries(attributes).flatMap(([name, value]) => {
    if (META.includes(name) || value === undefined || isTooDeep(value)) return [];
    if (name !== 'lifecycle') return [[name, value]];
    const lifecycle = Object.assign({}, ...[value ?? {}].flat());
    const own = Object.entries(lifecycle).filter(([one]) => LIFECYCLE.includes(one));
    return own.length === 0 ? [] : [[name, Object.fromEntries(own)]];
  });
  return Object.fromEntries(kept) as Readonly<Record<string, Json>>;
}

function marks(type: string, attributes: Attributes | undefined, secret: readonly string[]): Json {
  const names = Object.keys(attributes ?? {}).filter(
    (name) => secret.includes(name) || SECRET.test(name) || (name === 'data' && SECRET_DATA.test(type)),
  );
  return Object.fromEntries(names.map((name) => [name, true]));
}
