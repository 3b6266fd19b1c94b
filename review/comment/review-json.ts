import { type EnvironmentDiff, hasBroadening } from '../../access/access-diff';
import { diffDocument } from '../../access/report-diff';
import { type ChangeReview, type EnvironmentReview, plansOf } from '../change-review';
import { withoutTokens } from '../masking/secret-forms';
import type { PlanNote } from '../plan/plan-note';
import { CAUSES, type Cause, isCause, type Verdict, verdictOf } from '../verdict';

/** What the JSON report holds. Fields may be added; `version` changes where the meaning of one does, or one goes. */
export interface ReviewDocument {
  readonly version: 1;
  readonly compared?: ChangeReview['compared'];
  /** What `--fail-on` asks about, over all environments. */
  readonly causes: Readonly<Record<Cause, boolean>>;
  readonly environments: readonly EnvironmentDocument[];
  readonly plans: readonly PlanNote[];
  readonly versions: Readonly<Record<string, string>>;
}

export interface EnvironmentDocument extends Omit<EnvironmentReview, 'access' | 'driftAccess'> {
  readonly verdict: Verdict;
  /** As `npm run access -- diff --format json` has it; none where nobody gains or loses anything. */
  readonly access?: object;
  /** The same of what drift gave and took. */
  readonly driftAccess?: object;
}

/** For machines: everything, as {@link ReviewDocument}. */
export function reviewJson(review: ChangeReview): string {
  const { environments, plans, compared, versions } = review;
  const document: ReviewDocument = {
    version: 1,
    ...(compared && { compared }),
    causes: Object.fromEntries(
      CAUSES.map((cause) => [cause, environments.some((one) => isCause(cause, one, plansOf(one, plans)))]),
    ) as Record<Cause, boolean>,
    environments: environments.map((one) => environmentDocument(one, plans)),
    plans,
    versions,
  };
  return `${JSON.stringify(document, (_, one) => (typeof one === 'string' ? withoutTokens(one) : one), 2)}\n`;
}

function environmentDocument(
  environment: EnvironmentReview,
  plans: readonly PlanNote[],
): EnvironmentDocument {
  const { access, driftAccess, ...rest } = environment;
  return {
    ...rest,
    verdict: verdictOf(environment, plansOf(environment, plans)),
    ...(access && { access: accessDocument(access) }),
    ...(driftAccess && { driftAccess: accessDocument(driftAccess) }),
  };
}

function accessDocument(diff: EnvironmentDiff): object {
  return { broadening: hasBroadening({ environments: [diff] }), ...diffDocument(diff) };
}
