import { accessDiff, type EnvironmentDiff } from '../../access/access-diff';
import type { StackSource } from '../../access/stack-source';
import { SynthError } from '../../access/synth-error';
import { reviewedSources } from '../reviewed-environment';
import type { Json, Plan, PlannedChange, StateModule, StateResource } from './plan';
import { planSources, type StackPlan } from './plan-sources';
import { readableBefore } from './readable-before';

/**
 * What somebody gave and took behind Terraform's back: who could reach what as Terraform left it, against who can now. By
 * environments; of stacks without a plan nobody knows.
 */
export function driftAccess(plans: readonly StackPlan[]): readonly EnvironmentDiff[] {
  if (!plans.some(({ plan }) => plan.resource_drift?.some(mayDecide))) return [];
  const left = planSources(plans.map((one) => ({ ...one, plan: asLeft(one.plan) }))).before;
  const now = planSources(plans).before;
  try {
    return differences(left, now);
  } catch (error) {
    if (!(error instanceof SynthError)) throw error;
    // Anybody may write what nobody can read.
    return differences(left.map(readableBefore), now.map(readableBefore));
  }
}

function differences(left: readonly StackSource[], now: readonly StackSource[]): readonly EnvironmentDiff[] {
  const [before, after] = [left, now].map((side) =>
    reviewedSources(side.filter(declaresSomething)).map(({ access }) => access),
  );
  return accessDiff(before ?? [], after ?? []).environments;
}

function declaresSomething({ json }: StackSource): boolean {
  return Object.keys(json.resource ?? {}).length > 0;
}

/** Secrets decide nothing. */
function mayDecide({ type, mode = 'managed' }: PlannedChange): boolean {
  return mode === 'managed' && type.startsWith('vault_') && !/^vault_(kv_secret|generic_secret)/.test(type);
}

/** A plan whose state before is what the last apply left. */
function asLeft(plan: Plan): Plan {
  const drifted = (plan.resource_drift ?? []).filter(({ deposed }) => deposed === undefined);
  const byAddress = new Map(drifted.map((one) => [one.address, one]));
  const { values = {} } = plan.prior_state ?? {};
  const module = moduleAsLeft(values.root_module ?? {}, byAddress);
  const gone = drifted.filter(
    ({ change, module_address }) => change.actions.includes('delete') && module_address === undefined,
  );
  const resources = [...(module.resources ?? []), ...gone.map((one) => asResource(one))];
  return {
    ...plan,
    prior_state: { ...plan.prior_state, values: { ...values, root_module: { ...module, resources } } },
  };
}

function moduleAsLeft(module: StateModule, drifted: ReadonlyMap<string, PlannedChange>): StateModule {
  return {
    ...module,
    resources: (module.resources ?? []).map((one) => {
      const change = one.deposed_key === undefined ? drifted.get(one.address) : undefined;
      return change ? asResource(change, one) : one;
    }),
    child_modules: (module.child_modules ?? []).map((child) => moduleAsLeft(child, drifted)),
  };
}

function asResource(drifted: PlannedChange, now: Partial<StateResource> = {}): StateResource {
  const { address, mode, type, name, index, provider_name, change } = drifted;
  return {
    ...{ address, mode, type, name, index, provider_name },
    ...now,
    values: (change.before ?? {}) as Readonly<Record<string, Json>>,
    ...(change.before_sensitive !== undefined && { sensitive_values: change.before_sensitive }),
  };
}
