import type {
  Json,
  ModuleConfiguration,
  Plan,
  PlannedChange,
  StateResource,
} from '../../../review/plan/plan';

type Values = Readonly<Record<string, Json>>;

/** A resource of the root module, as a state has it. */
export function resource(address: string, values: Values, more: Partial<StateResource> = {}): StateResource {
  const [, data, type = '', name = ''] = /^(data\.)?([^.]+)\.([^.[]+)/.exec(address) ?? [];
  const [, key] = /\[(.+)\]$/.exec(address) ?? [];
  return {
    address,
    mode: data ? 'data' : 'managed',
    type,
    name,
    ...(key !== undefined && { index: JSON.parse(key) }),
    values,
    ...more,
  };
}

/** What Terraform does to a resource. */
export function change(
  address: string,
  actions: readonly string[],
  after_unknown: Json = {},
  more: Partial<PlannedChange> = {},
): PlannedChange {
  const { type } = resource(address, {});
  return { address, type, change: { actions, after_unknown }, ...more };
}

/** The arguments of a block in the configuration: what refers to something by a list, all else a constant. */
export function block(address: string, expressions: Readonly<Record<string, Json>> = {}, more: object = {}) {
  const { mode, type, name } = resource(address, {});
  return { address, mode, type, name, expressions, ...more };
}

export interface MadePlan {
  readonly before?: readonly StateResource[];
  readonly after?: readonly StateResource[];
  readonly changes?: readonly PlannedChange[];
  readonly configuration?: ModuleConfiguration;
  readonly more?: Partial<Plan>;
}

export function planOf({ before, after = [], changes = [], configuration = {}, more }: MadePlan): Plan {
  return {
    format_version: '1.2',
    ...(before && { prior_state: { values: { root_module: { resources: before } } } }),
    planned_values: { root_module: { resources: after } },
    resource_changes: changes,
    configuration: { root_module: configuration },
    ...more,
  };
}

/** An expression that refers to something. */
export const refers = (...references: readonly string[]): Json => ({ references });
export const constant = (value: Json): Json => ({ constant_value: value });
