import type { Acknowledgement, Finding } from './rule';

/** Of findings about acknowledgements themselves. Neither can be acknowledged. */
const UNFIT = {
  id: 'ACK001',
  level: 'error',
  title: 'an acknowledgement is not of exactly one finding',
} as const;
const EXPIRED = { id: 'ACK002', level: 'error', title: 'an acknowledgement has expired' } as const;
export const ACKNOWLEDGEMENT_RULES = [UNFIT, EXPIRED] as const;

/**
 * Puts acknowledgements to their findings. One that is of none, of several, of a fatal one, or that has expired is an
 * error, so that none outlives its reason unseen.
 *
 * @param now in milliseconds since 1970
 * @param environmentOf the environment of a stack
 */
export function acknowledged(
  findings: readonly Finding[],
  acknowledgements: readonly Acknowledgement[],
  now: number,
  environmentOf: (stack: string) => string,
): readonly Finding[] {
  const accepted = new Map<Finding, Acknowledgement>();
  const wrong: Finding[] = [];
  for (const one of acknowledgements) {
    const about = findings.filter((finding) => isAbout(one, finding));
    const problem = problemOf(one, about, accepted, now);
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

function isAbout({ id, constructPath, about }: Acknowledgement, finding: Finding): boolean {
  return (
    finding.id === id &&
    (finding.constructPath === constructPath ||
      (finding.constructPath?.startsWith(`${constructPath}/`) ?? false)) &&
    (about === undefined || finding.seen.includes(about))
  );
}

interface Problem {
  readonly kind: typeof UNFIT | typeof EXPIRED;
  readonly seen: string;
  readonly remedy: string;
}

function problemOf(
  acknowledgement: Acknowledgement,
  about: readonly Finding[],
  accepted: ReadonlyMap<Finding, Acknowledgement>,
  now: number,
): Problem | undefined {
  const { id, constructPath, expires } = acknowledgement;
  const [finding, another] = about;
  const what = `${id} of ${constructPath}`;
  if (!finding) {
    return { kind: UNFIT, seen: `there is no finding ${what}`, remedy: 'take the acknowledgement away' };
  }
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
