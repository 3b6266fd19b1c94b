import { ConfiguredResources } from './configured-resources';
import type { Plan, PlannedChange } from './plan';

/** Which attributes the configuration sets, so that those are told apart which the provider computes. */
export class SetAttributes {
  private readonly resources: ConfiguredResources;

  public constructor(plan: Plan) {
    this.resources = new ConfiguredResources(plan);
  }

  /** True for all attributes where the plan tells nothing of the resource's configuration. */
  public has(planned: PlannedChange, attribute: string): boolean {
    const configured = this.resources.of(planned);
    return configured === undefined || Object.hasOwn(configured.expressions ?? {}, attribute);
  }
}
