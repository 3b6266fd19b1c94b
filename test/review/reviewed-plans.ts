import { planSources, type StackPlan } from '../../review/plan/plan-sources';
import { type ReviewedEnvironment, reviewedSources } from '../../review/reviewed-environment';

/** Environments as rules look at them, before and after all plans are applied. */
export interface ReviewedPlans {
  readonly before: readonly ReviewedEnvironment[];
  readonly after: readonly ReviewedEnvironment[];
}

/** What plans alone say of who can reach what. Needs `loadPolicyParser` to have ended. */
export function reviewedPlans(plans: readonly StackPlan[]): ReviewedPlans {
  const { before, after } = planSources(plans);
  return { before: reviewedSources(before), after: reviewedSources(after) };
}
