import type { ModuleConfiguration, Plan, PlannedChange } from './plan';

/** Indices of modules, which their calls do not have. A key may hold any text. */
const INDEX = /\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g;

/** Which attributes the configuration sets, so that those are told apart which the provider computes. */
export class SetAttributes {
  /** Names by the resource's address without keys. */
  private readonly names = new Map<string, ReadonlySet<string>>();

  public constructor({ configuration }: Plan) {
    if (configuration?.root_module) this.ofModule('', configuration.root_module);
  }

  /** True for all attributes where the plan tells nothing of the resource's configuration. */
  public has({ module_address = '', type, name }: PlannedChange, attribute: string): boolean {
    const module = module_address === '' ? '' : `${module_address.replace(INDEX, '')}.`;
    return this.names.get(`${module}${type}.${name}`)?.has(attribute) ?? true;
  }

  private ofModule(prefix: string, { resources = [], module_calls = {} }: ModuleConfiguration): void {
    for (const { type, name, mode = 'managed', expressions = {} } of resources ?? []) {
      if (mode === 'managed') this.names.set(`${prefix}${type}.${name}`, new Set(Object.keys(expressions)));
    }
    for (const [name, { module }] of Object.entries(module_calls ?? {})) {
      if (module) this.ofModule(`${prefix}module.${name}.`, module);
    }
  }
}
