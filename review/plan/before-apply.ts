import type { StackSource } from '../../access/stack-source';
import { blockAddress, blocksOf, merged } from '../../policies/terraform-blocks';
import type { Attributes, TerraformJson } from '../../policies/terraform-json';
import type { Json, PlannedChange } from './plan';
import type { StackPlan } from './plan-sources';
import { planStacks } from './plan-stacks';
import { requireSameDeclaration } from './same-declaration';

type Blocks = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** What Terraform alone goes by: no server tells it. */
const META = ['//', 'lifecycle', 'provider', 'depends_on', 'provisioner', 'connection'];

/**
 * A synthesized stack as it is before a plan of it is applied: what the apply leaves alone is as it is declared, to the
 * letter, and what it changes is as Terraform has just read it from the server. So a plan that changes nothing makes no
 * difference, however a server writes what was declared. A stack that is not there yet declares no resources, and all
 * that is no resource. What modules declare is not looked at.
 *
 * @throws SynthError on a plan of something else than the stack
 */
export function beforeApply(source: StackSource, planned: StackPlan): StackSource {
  requireSameDeclaration(source, planned);
  const { plan, stack, file } = planned;
  const { before } = planStacks(plan, { name: stack, file });
  const was = new Map(
    Object.entries((before.json.resource ?? {}) as Blocks).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([label, attributes]) => {
        const address = before.addresses?.get(blockAddress('resource', type, label)) ?? '';
        return [address, { label, attributes }] as const;
      }),
    ),
  );
  const resource = structuredClone(resourcesOf(source)) as Record<string, Record<string, Attributes>>;
  const addresses = new Map(source.addresses);
  for (const [block, changes] of byBlock(plan.resource_changes ?? [])) {
    if (changes.every(changesNothing)) continue;
    const { type, name } = block;
    const ofType = { ...resource[type] };
    const declared = ofType[name];
    delete ofType[name];
    for (const change of changes) {
      const found = was.get(change.address) ?? was.get(change.previous_address ?? '');
      if (found === undefined) continue;
      const { attributes } = found;
      // One that has moved is where it will be, so that it is the same one.
      const label = change.index === undefined ? name : found.label;
      ofType[label] = declared ? asDeclared(declared, attributes, change) : attributes;
      if (label !== name) addresses.set(blockAddress('resource', type, label), change.address);
    }
    resource[type] = ofType;
    if (Object.keys(ofType).length === 0) delete resource[type];
  }
  return {
    ...source,
    json: { ...source.json, resource } as TerraformJson,
    ...(addresses.size > 0 && { addresses }),
  };
}

function resourcesOf({ json }: StackSource): Blocks {
  const found = Object.entries(blocksOf(json.resource) ?? {}).map(([type, blocks]) => [
    type,
    Object.fromEntries(Object.entries(blocksOf(blocks) ?? {}).map(([label, one]) => [label, merged(one)])),
  ]);
  return Object.fromEntries(found);
}

/** Changes of the root module's resources, by the block that declares them. */
function byBlock(
  all: readonly PlannedChange[],
): ReadonlyMap<{ readonly type: string; readonly name: string }, readonly PlannedChange[]> {
  const found = new Map<string, PlannedChange[]>();
  for (const one of all) {
    if (one.mode === 'data' || one.deposed !== undefined || one.module_address !== undefined) continue;
    const key = JSON.stringify([one.type, one.name ?? '']);
    const list = found.get(key);
    if (list) list.push(one);
    else found.set(key, [one]);
  }
  return new Map(
    [...found].map(([key, changes]) => {
      const [type, name] = JSON.parse(key) as [string, string];
      return [{ type, name }, changes];
    }),
  );
}

function changesNothing({ change }: PlannedChange): boolean {
  return change.actions.every((one) => one === 'no-op' || one === 'read');
}

/** As it is declared, but for the attributes that change; one of several is as it was, since each is declared otherwise. */
function asDeclared(
  declared: Attributes,
  was: Attributes,
  { type, index, change }: PlannedChange,
): Attributes {
  if (index !== undefined) {
    const attributes = Object.entries(was).filter(([name]) => !META.includes(name));
    return { ...Object.fromEntries(attributes), ...metaOf(declared) };
  }
  const [from, to, unknown] = [change.before, change.after, change.after_unknown].map(childrenOf);
  const found: Record<string, unknown> = { ...declared };
  for (const name of new Set([...Object.keys(from ?? {}), ...Object.keys(to ?? {}), ...Object.keys(was)])) {
    const isKnown = !marks(unknown?.[name]);
    if (isKnown && JSON.stringify(from?.[name] ?? null) === JSON.stringify(to?.[name] ?? null)) continue;
    const isDeclared = Object.hasOwn(declared, name);
    if (!type.startsWith('vault_')) {
      // What nobody has declared, and the engine fills in, says nothing of what was declared before.
      if (!isDeclared && !isKnown) continue;
      // Of what is hidden as a whole, such as variables with a token among them, nobody can tell a difference.
      if (isDeclared && childrenOf(change.before_sensitive)[name] === true) continue;
    }
    if (Object.hasOwn(was, name)) found[name] = was[name];
    else delete found[name];
  }
  return found;
}

/** Whether anything in it is not known. */
function marks(unknown: Json | undefined): boolean {
  if (typeof unknown !== 'object' || unknown === null) return unknown === true;
  return Object.values(unknown).some(marks);
}

function childrenOf(of: Json | undefined): Readonly<Record<string, Json>> {
  return typeof of === 'object' && of !== null ? (of as Readonly<Record<string, Json>>) : {};
}

function metaOf(block: Attributes): Attributes {
  return Object.fromEntries(
    META.filter((name) => Object.hasOwn(block, name)).map((one) => [one, block[one]]),
  );
}
