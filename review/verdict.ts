import { hasBroadening, type ReachChange } from '../access/access-diff';
import { counted } from '../policies/phrases';
import { changesNothing, type EnvironmentReview } from './change-review';
import { someOf } from './lost-resource';
import type { PlanNote } from './plan/plan-note';
import type { Action, ResourceChange } from './resource-change';
import type { Finding } from './rule';
import { openFindings } from './rules-run';

/** What is asked of a change, for whoever lets it fail. */
export const CAUSES = ['destroy', 'broadening', 'error', 'drift'] as const;
export type Cause = (typeof CAUSES)[number];

/**
 * Whether something is so in an environment:
 * - `destroy`: there are dangers, see `dangersOf`; what holds neither data nor identity may go
 * - `broadening`: somebody gains access, or may gain what only an apply can tell; a new service too
 * - `error`: a finding of level error or fatal is open, new or not, or a plan failed: what else it would do nobody knows
 * - `drift`: somebody changed something behind Terraform's back
 *
 * @param plans of the environment's stacks
 */
export function isCause(
  cause: Cause,
  environment: EnvironmentReview,
  plans: readonly PlanNote[] = [],
): boolean {
  switch (cause) {
    case 'destroy':
      return environment.dangers.length > 0;
    case 'broadening':
      return environment.access !== undefined && hasBroadening({ environments: [environment.access] });
    case 'error':
      return openErrors(environment).length > 0 || plans.some(({ hasErrored }) => hasErrored);
    case 'drift':
      return environment.drift.length > 0;
  }
}

/** Open findings that fail a synth. */
export function openErrors({ findings }: EnvironmentReview): readonly Finding[] {
  return openFindings([...findings.added, ...findings.kept], 'error');
}

/**
 * - `danger`: something is lost, or must not be as it is
 * - `attention`: somebody should look at it before it is let in
 * - `fine`: it changes something, and nothing of that is remarkable
 * - `same`: nothing changes
 */
export type VerdictLevel = 'danger' | 'attention' | 'fine' | 'same';

/** What a change means for one environment, in one line. */
export interface Verdict {
  readonly level: VerdictLevel;
  /** What is remarkable, worst first. None where nothing is. */
  readonly remarks: readonly string[];
  /** How many resources, by what happens to them. */
  readonly counts: Readonly<Partial<Record<Action, number>>>;
}

/** @param plans of the environment's stacks */
export function verdictOf(environment: EnvironmentReview, plans: readonly PlanNote[] = []): Verdict {
  const { dangers, drift, presence, changes } = environment;
  const failed = plans.filter(({ hasErrored }) => hasErrored).length;
  const alarming = [
    ...remark([dangers.length, 'danger to data or identity', 'dangers to data or identity']),
    ...remark([openErrors(environment).length, 'open error', 'open errors']).map(
      (one) => `the synth refuses it for ${one}`,
    ),
    ...remark([failed, 'plan that failed', 'plans that failed']),
  ];
  const notable = [...accessRemarks(environment), ...otherRemarks(environment, plans)];
  const presences = presence === 'new' || presence === 'removed' ? [`${presence} environment`] : [];
  const drifted = remark([
    drift.length,
    'resource changed by somebody else',
    'resources changed by somebody else',
  ]);
  const counts: Partial<Record<Action, number>> = {};
  for (const { action } of changes) counts[action] = (counts[action] ?? 0) + 1;
  const looked = [...notable.filter(({ isNotable }) => isNotable).map((one) => one.text), ...drifted];
  const told = notable.filter(({ isNotable }) => !isNotable).map((one) => one.text);
  return {
    level:
      alarming.length > 0
        ? 'danger'
        : looked.length > 0 || presence === 'removed'
          ? 'attention'
          : changesNothing(environment)
            ? 'same'
            : 'fine',
    remarks: [...alarming, ...presences, ...looked, ...told],
    counts,
  };
}

type Remark = { readonly text: string; readonly isNotable: boolean };

function accessRemarks(environment: EnvironmentReview): readonly Remark[] {
  const { access } = environment;
  if (!access) return [];
  const who = (isSo: (change: ReachChange) => boolean) =>
    new Set(access.identities.filter(({ changes }) => changes.some(isSo)).map(({ name }) => name)).size;
  const gaining = who(({ isBroadening }) => isBroadening);
  const losing = who(({ isNarrowing }) => isNarrowing);
  const may = access.mayGrant.length;
  return [
    ...remark([gaining, 'identity gains access', 'identities gain access']).map(notably),
    ...remark([may, 'thing that may give access', 'things that may give access']).map(notably),
    ...remark([losing, 'identity loses access', 'identities lose access']).map(notably),
  ];
}

function otherRemarks(environment: EnvironmentReview, plans: readonly PlanNote[]): readonly Remark[] {
  const { findings, hardening, otherChanges, rewritten, restarted } = environment;
  const warnings = findings.added.filter(({ level }) => level === 'warning').length;
  const infos = findings.added.filter(({ level }) => level === 'info').length;
  const incomplete = plans.filter(({ isComplete }) => isComplete === false).length;
  // A new environment has its own.
  const others = environment.presence === 'new' ? [] : otherChanges;
  const elsewhere = others.filter(isElsewhere).length;
  const modules = others.filter(({ type }) => type === 'module').length;
  const failing = plans.flatMap(({ checks }) => checks).filter(({ status }) => status !== 'unknown').length;
  const programs = plans.flatMap((one) => one.programs).length;
  return [
    ...remark([rewritten.length, 'secret written again', 'secrets written again']).map(notably),
    ...remark([warnings, 'new warning', 'new warnings']).map(notably),
    ...remark([hardening.lost.length, 'item of hardening lost', 'items of hardening lost']).map(notably),
    ...remark([findings.newlyAccepted.length, 'finding newly accepted', 'findings newly accepted']).map(
      notably,
    ),
    ...remark([incomplete, 'plan that does only a part', 'plans that do only a part']).map(notably),
    ...remark([elsewhere, 'other server or state', 'other servers or states']).map(notably),
    ...remark([
      modules,
      'changed module that nobody looks into',
      'changed modules that nobody looks into',
    ]).map(notably),
    ...remark([failing, 'check that does not hold', 'checks that do not hold']).map(notably),
    ...remark([programs, 'program that may run', 'programs that may run']).map(notably),
    ...remark([infos, 'new remark of a rule', 'new remarks of rules']).map(plainly),
    ...remark([findings.gone.length, 'finding mended', 'findings mended']).map(plainly),
    ...remark([hardening.won.length, 'item of hardening won', 'items of hardening won']).map(plainly),
    ...remark([otherChanges.length, 'other declaration changed', 'other declarations changed']).map(plainly),
    // Last, since names follow.
    ...remark([restarted.length, 'container restarts', 'containers restart'])
      .map((one) => `${one}: ${someOf(restarted)}`)
      .map(plainly),
  ];
}

/** Whether all of a stack is written to another server from then on, or its state is looked for in another place. */
function isElsewhere({ type, address, attributes }: ResourceChange): boolean {
  if (/^terraform\.(backend|cloud)$/.test(address)) return true;
  return type === 'provider' && attributes.some(({ name }) => /(^|\.)(address|namespace|host)$/.test(name));
}

function notably(text: string): Remark {
  return { text, isNotable: true };
}

function plainly(text: string): Remark {
  return { text, isNotable: false };
}

function remark([n, one, several]: readonly [number, string, string]): readonly string[] {
  return n === 0 ? [] : [counted(n, one, several)];
}
