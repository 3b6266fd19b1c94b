import type { HardeningChange, HardeningCount } from './change-review';
import type { HardeningScore } from './hardening-score';

/** What a change does to the items of the list for production. */
export function hardeningChange(
  before: HardeningScore | undefined,
  after: HardeningScore | undefined,
): HardeningChange {
  const [from, to] = [counted(before), counted(after)];
  const [was, is] = [before?.ids.held ?? [], after?.ids.held ?? []];
  return {
    ...(from && { before: from }),
    ...(to && { after: to }),
    won: from ? is.filter((id) => !was.includes(id)) : [],
    lost: to ? was.filter((id) => !is.includes(id)) : [],
  };
}

function counted(score: HardeningScore | undefined): HardeningCount | undefined {
  return score && score.applying > 0 ? { held: score.held, applying: score.applying } : undefined;
}
