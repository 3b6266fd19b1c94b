import { blockAddress } from '../../policies/terraform-blocks';
import type { BlockKind } from '../../policies/terraform-json';
import type {
  Json,
  ModuleCall,
  ModuleConfiguration,
  Plan,
  PlannedChange,
  ResourceConfiguration,
  StateModule,
  StateResource,
  StateValues,
} from './plan';

/** One of the modules that a configuration calls; the root is one too. */
export interface ModuleInstance {
  /** Such as `module.team["orders"]`; empty for the root. */
  readonly address: string;
  /** Its index or key, where it is one of several. */
  readonly key?: string | number;
  readonly parent?: ModuleInstance;
  readonly call?: ModuleCall;
  /** Nothing where the configuration has it no longer. */
  readonly configuration?: ModuleConfiguration;
  /** What it declares, by the addresses that it has for itself. */
  readonly blocks: ReadonlyMap<string, ResourceConfiguration>;
}

/** One resource or data source of a plan, on one side of the change. */
export interface PlanInstance {
  /** With module and key. */
  readonly address: string;
  readonly kind: Extract<BlockKind, 'resource' | 'data'>;
  readonly type: string;
  readonly name: string;
  readonly key?: string | number;
  /** Such as `registry.terraform.io/hashicorp/vault`. */
  readonly provider?: string;
  readonly module: ModuleInstance;
  readonly values: Readonly<Record<string, Json>>;
  /** Shaped like `values`: `true` where it is sensitive. */
  readonly sensitive: Json;
  /** Shaped like `values`: `true` where an apply alone can tell. */
  readonly unknown: Json;
  /** As it is written; nothing where the configuration has it no longer. */
  readonly configuration?: ResourceConfiguration;
}

/** Both sides of a plan, each by address. */
export interface PlanSides {
  readonly before: ReadonlyMap<string, PlanInstance>;
  readonly after: ReadonlyMap<string, PlanInstance>;
}

/** What there is before and after an apply, out of what Terraform says of both. */
export function sidesOf(plan: Plan, modules: PlanModules): PlanSides {
  const changes = new Map((plan.resource_changes ?? []).filter(isCurrent).map((one) => [one.address, one]));
  const before = instancesOf(plan.prior_state?.values, modules, new Map());
  const planned = instancesOf(plan.planned_values, modules, changes);
  const staying = [...before].filter(([address, one]) => !planned.has(address) && stays(one, changes));
  const after = [...planned, ...staying].filter(([address]) => !leaves(changes.get(address)));
  return { before, after: new Map(after) };
}

/** What is left over of a replacement that failed is not what the address stands for. */
function isCurrent({ deposed }: PlannedChange): boolean {
  return deposed === undefined;
}

/**
 * Planned values hold what Terraform has looked at: neither data sources that it has read, nor what `-target` leaves out.
 * Both are after an apply what they are before.
 */
function stays(
  { address, kind, configuration }: PlanInstance,
  changes: ReadonlyMap<string, PlannedChange>,
): boolean {
  return kind === 'data' ? configuration !== undefined : !changes.has(address);
}

/** What is forgotten is among the planned values still. */
function leaves(change: PlannedChange | undefined): boolean {
  const actions = change?.change.actions ?? [];
  return !actions.includes('create') && (actions.includes('delete') || actions.includes('forget'));
}

function instancesOf(
  { root_module: root = {} }: StateValues = {},
  modules: PlanModules,
  changes: ReadonlyMap<string, PlannedChange>,
): ReadonlyMap<string, PlanInstance> {
  const found = new Map<string, PlanInstance>();
  const collect = (state: StateModule, module: ModuleInstance) => {
    for (const one of state.resources ?? []) {
      if (one.deposed_key === undefined) {
        found.set(one.address, instanceOf(one, module, changes.get(one.address)?.change.after_unknown));
      }
    }
    for (const child of state.child_modules ?? []) collect(child, modules.at(child.address ?? '', module));
  };
  collect(root, modules.root);
  return found;
}

function instanceOf(resource: StateResource, module: ModuleInstance, unknown: Json = {}): PlanInstance {
  const { address, mode, type, name = '', index, values = {}, sensitive_values: sensitive = {} } = resource;
  const kind = mode === 'data' ? 'data' : 'resource';
  const configuration = module.blocks.get(blockAddress(kind, type, name));
  const { provider_name: provider } = resource;
  return {
    address,
    kind,
    type,
    name,
    key: index,
    provider,
    module,
    values,
    sensitive,
    unknown,
    configuration,
  };
}

/** The modules of a plan, each once. */
export class PlanModules {
  public readonly root: ModuleInstance;
  private readonly byAddress = new Map<string, ModuleInstance>();

  public constructor(configuration: ModuleConfiguration | undefined) {
    this.root = { address: '', configuration, blocks: blocksOf(configuration) };
  }

  /** @param address with those that it is in */
  public at(address: string, parent: ModuleInstance): ModuleInstance {
    const own = parent.address === '' ? address : address.slice(parent.address.length + 1);
    const [, name = own, index] = /^module\.([^[]+)(?:\[(.*)\])?$/s.exec(own) ?? [];
    return this.child(parent, name, index === undefined ? undefined : keyIn(index));
  }

  public child(parent: ModuleInstance, name: string, key?: string | number): ModuleInstance {
    const index = key === undefined ? '' : `[${JSON.stringify(key)}]`;
    const address = `${parent.address === '' ? '' : `${parent.address}.`}module.${name}${index}`;
    const known = this.byAddress.get(address);
    if (known) return known;
    const calls = parent.configuration?.module_calls ?? {};
    const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
    const configuration = call?.module;
    const made = { address, key, parent, call, configuration, blocks: blocksOf(configuration) };
    this.byAddress.set(address, made);
    return made;
  }
}

function blocksOf(
  configuration: ModuleConfiguration | undefined,
): ReadonlyMap<string, ResourceConfiguration> {
  const kindOf = ({ mode }: ResourceConfiguration) => (mode === 'data' ? 'data' : 'resource');
  const all = (configuration?.resources ?? []).filter(({ mode }) => mode !== 'ephemeral');
  return new Map(all.map((one) => [blockAddress(kindOf(one), one.type, one.name ?? ''), one]));
}

/** Of an index as Terraform writes it in an address: a number, or a text in quotes. */
export function keyIn(index: string): string | number {
  try {
    return JSON.parse(index) as string | number;
  } catch {
    return index;
  }
}
