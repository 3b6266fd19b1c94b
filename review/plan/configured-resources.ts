import type { ModuleConfiguration, Plan, PlannedChange, ResourceConfiguration } from './plan';

/** Indices of modules, which their calls do not have. A key may hold any text. */
const INDEX = /\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g;

/** What the configuration says of resources that change. */
export class ConfiguredResources {
  /** By the resource's address without keys. */
  private readonly blocks = new Map<string, ResourceConfiguration>();

  public constructor({ configuration }: Plan) {
    if (configuration?.root_module) this.ofModule('', configuration.root_module);
  }

  /** @returns nothing where the plan tells nothing of it, such as of one that the configuration has no longer */
  public of({ module_address = '', type, name }: PlannedChange): ResourceConfiguration | undefined {
    const module = module_address === '' ? '' : `${module_address.replace(INDEX, '')}.`;
    return this.blocks.get(`${module}${type}.${name}`);
  }

  private ofModule(prefix: string, { resources = [], module_calls = {} }: ModuleConfiguration): void {
    for (const one of resources ?? []) {
      const { type, name, mode = 'managed' } = one;
      if (mode === 'managed') this.blocks.set(`${prefix}${type}.${name}`, one);
    }
    for (const [name, { module }] of Object.entries(module_calls ?? {})) {
      if (module) this.ofModule(`${prefix}module.${name}.`, module);
    }
  }
}
