import type { ReviewedEnvironment } from './reviewed-environment';

/**
 * - `info`: worth knowing; nothing to do
 * - `warning`: risky, and somebody may have decided so
 * - `error`: surely wrong, or takes a right away without saying so
 * - `fatal`: must not be, whoever decides
 */
export const LEVELS = ['info', 'warning', 'error', 'fatal'] as const;
export type Level = (typeof LEVELS)[number];

/** One thing that is looked for in every environment. */
export interface Rule {
  /** Never reused, such as `VLT001`. Its page is `docs/rules/<id>.md`. */
  readonly id: string;
  readonly level: Level;
  /** One line: what is wrong where it finds something. */
  readonly title: string;
  /** Whether it can be judged of an environment at all. @default always */
  readonly applies?: (environment: ReviewedEnvironment) => boolean;
  readonly check: (environment: ReviewedEnvironment) => Iterable<Observation>;
}

/** What a rule saw, and where. */
export interface Observation {
  readonly stack: string;
  /** Terraform's, of what declares it. */
  readonly address: string;
  /** @default nothing, as where no construct declares it */
  readonly constructPath?: string;
  readonly seen: string;
  /** How to mend it. */
  readonly remedy: string;
}

export interface Finding extends Observation {
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  readonly environment: string;
  /** Who decided to live with it, and why. */
  readonly acknowledgement?: Acknowledgement;
}

/** What was seen, wherever a policy has moved to in its text: a rule that is added above makes no other finding of it. */
export function seenOnAnyLine({ seen }: Pick<Finding, 'seen'>): string {
  return seen.replace(/, line \d+/g, '');
}

/** A decision to live with one finding of one construct. */
export interface Acknowledgement {
  /** Of the rule. */
  readonly id: string;
  /** Of the construct that is at fault, or of one that it is in. */
  readonly constructPath: string;
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The last day on which it holds, as `2027-01-31`. @default it holds until it is taken away */
  readonly expires?: string;
  /** What the finding says, where the construct has several of the same rule: a part of it. */
  readonly about?: string;
}
