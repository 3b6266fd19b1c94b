import { didYouMean } from '../policies/nearest-name';
import { listed } from '../policies/phrases';
import type { Acknowledgement, Finding } from './rule';

/** Of findings about acknowledgements themselves. Neither can be acknowledged. */
const UNFIT = {
  id: 'ACK001',
  level: 'error',
  title: 'an acknowledgement is not of exactly one finding',
} as const;
const EXPIRED = { id: 'ACK002', level: 'error', title: 'an acknowledgement has expired' } as const;
export const ACKNOWLEDGEMENT_RULES = [UNFIT, EXPIRED] as const;

/** What has to be known beside findings. */
export interface Acknowledging {
  /** In milliseconds since 1970. */
  readonly now: number;
  /** The environment of a stack. */
  readonly environmentOf: (stack: string) => string;
  /** Of all rules there are. */
  readonly ruleIds: readonly string[];
}

/**
 * Puts acknowledgements to their findings. One that is of none, of several, of a fatal one, or that has expired is an
 * error, so that none outlives its reason unseen.
 */
export function acknowledged(
  findings: readonly Finding[],
  acknowledgements: readonly Acknowledgement[],
  { now, environmentOf, ruleIds }: Acknowledging,
): readonly Finding[] {
  const accepted = new Map<Finding, Acknowledgement>();
  const wrong: Finding[] = [];
  for (const one of acknowledgements) {
    const about = findings.filter((finding) => isAbout(one, finding));
    const problem =
      about.length === 0
        ? unmet(one, findings, acknowledgements, ruleIds)
        : problemOf(one, about, accepted, now);
    if (problem) wrong.push(findingOf(one, problem, environmentOf));
    else accepted.set(about[0] as Finding, one);
  }
  return [
    ...findings.map((finding) => {
      const acknowledgement = accepted.get(finding);
      return acknowledgement ? { ...finding, acknowledgement } : finding;
    }),
    ...wrong,
  ];
}

function isAbout(one: Acknowledgement, finding: Finding): boolean {
  const { id, about } = one;
  return finding.id === id && isAt(one, finding) && (about === undefined || finding.seen.includes(about));
}

function isAt({ constructPath }: Acknowledgement, { constructPath: found }: Finding): boolean {
  return found === constructPath || (found?.startsWith(`${constructPath}/`) ?? false);
}

interface Problem {
  readonly kind: typeof UNFIT | typeof EXPIRED;
  readonly seen: string;
  readonly remedy: string;
}

/** Of one that is of no finding: its rule may be misspelt, or another one than the finding's. */
function unmet(
  acknowledgement: Acknowledgement,
  findings: readonly Finding[],
  acknowledgements: readonly Acknowledgement[],
  ruleIds: readonly string[],
): Problem {
  const { id, constructPath, about } = acknowledgement;
  const isOpen = (finding: Finding) => !acknowledgements.some((one) => isAbout(one, finding));
  const open = [
    ...new Set(findings.filter((one) => isAt(acknowledgement, one) && isOpen(one)).map((one) => one.id)),
  ];
  const isRule = ruleIds.includes(id);
  const missing = isRule ? `there is no finding ${id} of ${constructPath}` : `there is no rule ${id}`;
  if (isRule && about !== undefined && open.includes(id)) {
    return {
      kind: UNFIT,
      seen: `${missing} that says '${about}'`,
      remedy: "write a part of what it says as 'about', or take the acknowledgement away",
    };
  }
  const others = open.length === 0 ? '' : `${isRule ? ', which' : `; ${constructPath}`} has ${listed(open)}`;
  const otherwise =
    open.length === 0
      ? 'take the acknowledgement away'
      : 'name the rule that is meant, or take the acknowledgement away';
  return {
    kind: UNFIT,
    seen: `${missing}${others}`,
    remedy: isRule
      ? otherwise
      : didYouMean(id, open.length === 0 ? ruleIds : open, didYouMean(id, ruleIds, otherwise)),
  };
}

function problemOf(
  acknowledgement: Acknowledgement,
  about: readonly Finding[],
  accepted: ReadonlyMap<Finding, Acknowledgement>,
  now: number,
): Problem | undefined {
  const { id, constructPath, expires } = acknowledgement;
  const [finding, another] = about as readonly [Finding, ...Finding[]];
  const what = `${id} of ${constructPath}`;
  if (another) {
    const list = about.map(({ address, seen }) => `${address}: ${seen}`).join('; ');
    return {
      kind: UNFIT,
      seen: `there are ${about.length} findings ${what}: ${list}`,
      remedy: "acknowledge each one, by its own construct or with 'about', a part of what it says",
    };
  }
  if (finding.level === 'fatal') {
    return { kind: UNFIT, seen: `${what} is fatal`, remedy: 'mend it; nobody can acknowledge it' };
  }
  if (accepted.has(finding)) {
    return { kind: UNFIT, seen: `${what} is acknowledged already`, remedy: 'take one of the two away' };
  }
  if (expires !== undefined && !(now < endOf(expires))) {
    return {
      kind: EXPIRED,
      seen: `the acknowledgement of ${what} by ${acknowledgement.owner} held until ${expires}`,
      remedy: 'mend what it is about, or decide again',
    };
  }
  return undefined;
}

/** The day after, in milliseconds since 1970; no number for what is no day. */
function endOf(day: string): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day);
  return isDay ? Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60 * 1000 : Number.NaN;
}

function findingOf(
  { constructPath }: Acknowledgement,
  { kind, seen, remedy }: Problem,
  environmentOf: (stack: string) => string,
): Finding {
  const stack = constructPath.split('/')[0] as string;
  return {
    ...kind,
    environment: environmentOf(stack),
    stack,
    address: constructPath,
    constructPath,
    seen,
    remedy,
  };
}
