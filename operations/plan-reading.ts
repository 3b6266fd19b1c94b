import type { Plan } from '../review/plan/plan';
import { isEmpty, planDigest } from '../review/plan/plan-digest';
import { PlanError } from '../review/plan/plan-error';
import { actionsOf } from '../review/plan/plan-note';
import { readPlan } from '../review/plan/read-plan';
import { ACTIONS } from '../review/resource-change';
import { OperationError } from './operation-error';

/** What a deploy has to know of a plan. */
export interface PlanReading {
  /** See {@link planDigest}. */
  readonly digest: string;
  /** Whether an apply of it would do nothing. */
  readonly isEmpty: boolean;
  /** In words, such as `2 to create, 1 to update`. */
  readonly summary: string;
}

/**
 * Reads what `terraform show -json` prints of a saved plan.
 *
 * @param stack names it in errors
 * @throws OperationError where it is none. It quotes nothing of it
 */
export function planReading(text: string, stack: string): PlanReading {
  try {
    const plan = readPlan(text, stack);
    return { digest: planDigest(plan, stack), isEmpty: isEmpty(plan), summary: summaryOf(plan) };
  } catch (error) {
    if (error instanceof PlanError) throw new OperationError([error.message]);
    throw error;
  }
}

function summaryOf(plan: Plan): string {
  const actions = actionsOf(plan);
  const counts = ACTIONS.map((action) => [action, actions[action]] as const)
    .filter(([, count]) => count > 0)
    .map(([action, count]) => `${count} to ${action}`);
  if (counts.length > 0) return counts.join(', ');
  return isEmpty(plan) ? 'nothing to do' : 'outputs or actions alone';
}
