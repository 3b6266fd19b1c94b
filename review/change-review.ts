import type { EnvironmentDiff } from '../access/access-diff';
import type { Danger } from './dangers';
import type { PlanNote } from './plan/plan-note';
import type { ResourceChange } from './resource-change';
import type { RewrittenSecret } from './rewritten-secrets';
import type { Finding } from './rule';

/** What a change means, over all environments of all platforms. */
export interface ChangeReview {
  /** In the order of their names; those where nothing changes too. */
  readonly environments: readonly EnvironmentReview[];
  /** In the order of their stacks. None where the review is made from synths alone. */
  readonly plans: readonly PlanNote[];
  /** What was compared, as people call it. @default the plans with what is there */
  readonly compared?: { readonly before: string; readonly after: string };
  /** Of providers, as the stacks ask for them, by their sources. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface EnvironmentReview {
  readonly name: string;
  readonly presence: 'new' | 'removed' | 'changed' | 'same';
  /** Of its stacks: from the plan where there is one of a stack, else from the two synths. By stack and address. */
  readonly changes: readonly ResourceChange[];
  /** What else its stacks declare differently, in the same form: providers, backends, variables, outputs, … */
  readonly otherChanges: readonly ResourceChange[];
  /** What somebody did behind Terraform's back, as far as plans tell. */
  readonly drift: readonly ResourceChange[];
  /** What that gave and took, of who can reach what. @default nothing, or no plan tells */
  readonly driftAccess?: EnvironmentDiff;
  /** Those of its stacks of which there are plans. */
  readonly planned: readonly string[];
  /** What is lost that holds data or identity, or is out of order for a time. */
  readonly dangers: readonly Danger[];
  /** Secrets that stay and get other values. */
  readonly rewritten: readonly RewrittenSecret[];
  /** Names of containers that are replaced. */
  readonly restarted: readonly string[];
  /** Who gains or loses what. @default nobody does */
  readonly access?: EnvironmentDiff;
  readonly findings: FindingsChange;
  readonly hardening: HardeningChange;
}

/**
 * Findings of rules, before against after. A finding is the same where rule, level, stack, address and what was seen are, on
 * whatever line.
 */
export interface FindingsChange {
  /** Open now, and not open before: new ones, and those whose acknowledgement was taken away. */
  readonly added: readonly Finding[];
  /** Acknowledged now, and not before. */
  readonly newlyAccepted: readonly Finding[];
  /** Open before and now. */
  readonly kept: readonly Finding[];
  /** Acknowledged before and now. */
  readonly stillAccepted: readonly Finding[];
  /** There before, and no longer. */
  readonly gone: readonly Finding[];
}

/** Items of the list for production that hold, before and after. */
export interface HardeningChange {
  /** @default it was not there, or nothing can be judged of it */
  readonly before?: HardeningCount;
  /** @default it is there no longer, or nothing can be judged of it */
  readonly after?: HardeningCount;
  /** Ids of items that hold now, and did not hold before. */
  readonly won: readonly string[];
  /** Ids of items that held, and do not hold now. */
  readonly lost: readonly string[];
}

export interface HardeningCount {
  readonly held: number;
  readonly applying: number;
}

/** What a plan of a stack tells. */
export interface PlannedStack {
  readonly note: PlanNote;
  readonly changes: readonly ResourceChange[];
  readonly drift: readonly ResourceChange[];
}

/** Whether all stays as it is declared. What somebody else changed is no change of this one. */
export function changesNothing(review: Omit<EnvironmentReview, 'presence' | 'planned'>): boolean {
  const { changes, otherChanges, dangers, access, findings, hardening } = review;
  const { added, newlyAccepted, gone } = findings;
  const counts = [changes, otherChanges, dangers, added, newlyAccepted, gone, hardening.won, hardening.lost];
  return access === undefined && counts.every(({ length }) => length === 0);
}

/** The plans of an environment's stacks. */
export function plansOf({ planned }: EnvironmentReview, plans: readonly PlanNote[]): readonly PlanNote[] {
  return plans.filter(({ stack }) => planned.includes(stack));
}
