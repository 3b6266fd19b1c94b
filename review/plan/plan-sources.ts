import type { StackSource } from '../../access/stack-source';
import type { Plan } from './plan';
import { planStacks } from './plan-stacks';

/** A plan, and what it is of. */
export interface StackPlan {
  /** The stack's name. */
  readonly stack: string;
  readonly plan: Plan;
  /** As a person finds it, for errors. @default the stack's name */
  readonly file?: string;
}

export interface PlanSources {
  readonly before: readonly StackSource[];
  readonly after: readonly StackSource[];
}

/**
 * The stacks that plans are of, before and after all are applied, for whoever has more stacks than plans: synthesized
 * ones stand beside them as beside each other.
 */
export function planSources(plans: readonly StackPlan[]): PlanSources {
  const stacks = plans.map(({ plan, stack, file }) =>
    planStacks(plan, { name: stack, file, dependencies: dependenciesOf(stack) }),
  );
  return { before: stacks.map(({ before }) => before), after: stacks.map(({ after }) => after) };
}

const STACK = /^(.+-(?:development|staging|production))-(vault|access|services)$/;
const PARTS = ['vault', 'access', 'services'];

/** Those before it in the order in which the stacks of an environment are deployed. */
function dependenciesOf(stack: string): readonly string[] {
  const [, environment, part] = STACK.exec(stack) ?? [];
  return part === undefined ? [] : PARTS.slice(0, PARTS.indexOf(part)).map((one) => `${environment}-${one}`);
}
