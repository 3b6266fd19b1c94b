import { printable } from '../../access/printable';
import { clipped } from '../../policies/clipped';
import type { KnownSecrets } from '../masking/known-secrets';
import { maskedText } from '../masking/masked-text';
import { Masking, SENSITIVE } from '../masking/masking';
import { ACTIONS, type Action, type AttributeChange } from '../resource-change';
import { ConfiguredResources } from './configured-resources';
import { knownSecretsOf } from './marked-secrets';
import type { CheckResult, Plan } from './plan';
import { actionOf, unknownActions } from './plan-actions';
import { planDrift } from './plan-changes';
import { isEmpty, outputsOf, planDigest } from './plan-digest';
import { valuesOf } from './plan-value';
import { shownPair } from './shown-value';

/** The minor version of the format that is known here. */
const KNOWN_MINOR = 2;

/** Of a message, in characters. */
const LONGEST = 500;

/** What there is to say of a plan as a whole. */
export interface PlanNote {
  readonly stack: string;
  /** See `planDigest`. */
  readonly digest: string;
  /** Whether an apply would do nothing. */
  readonly isEmpty: boolean;
  /** Nothing is deferred or left out; another plan would be empty after the apply. */
  readonly isComplete: boolean;
  /** Terraform failed while it made it, so that it can neither be applied nor relied on. */
  readonly hasErrored: boolean;
  readonly terraformVersion?: string;
  /** In the order of their names. */
  readonly providers: readonly ProviderNote[];
  /** Number of resources by what happens to them. */
  readonly actions: Readonly<Record<Action, number>>;
  /** Number of those that were changed behind Terraform's back. */
  readonly drifted: number;
  /** Outputs that change. */
  readonly outputs: readonly AttributeChange[];
  /** What Terraform leaves to the next plan. */
  readonly deferred: readonly DeferredNote[];
  /** Checks that do not hold, or that only an apply can tell. */
  readonly checks: readonly CheckNote[];
  /** Addresses of what runs a program, or starts an action of a provider, beside what happens to resources. */
  readonly programs: readonly string[];
  /** What a reviewer must know beside that, each in a sentence without a full stop. */
  readonly remarks: readonly string[];
}

export interface ProviderNote {
  /** Such as `registry.terraform.io/hashicorp/vault`. */
  readonly name: string;
  /** What the configuration asks for, since a plan does not say which version made it. */
  readonly constraint?: string;
}

export interface DeferredNote {
  readonly address: string;
  /** In words. */
  readonly reason: string;
}

export interface CheckNote {
  readonly address: string;
  readonly status: 'fail' | 'error' | 'unknown';
  /** What their authors wrote for the case. */
  readonly problems: readonly string[];
}

/** What there is to say of a plan as a whole. */
export function planNote(plan: Plan, stack: string): PlanNote {
  const known = knownSecretsOf(plan);
  const { terraform_version: version } = plan;
  const deferred = deferredOf(plan);
  return {
    stack,
    digest: planDigest(plan, stack),
    isEmpty: isEmpty(plan),
    isComplete: (plan.complete ?? true) && deferred.length === 0 && !plan.errored,
    hasErrored: plan.errored ?? false,
    ...(version !== undefined && { terraformVersion: shownWord(version) }),
    providers: providersOf(plan),
    actions: actionsOf(plan),
    drifted: planDrift(plan, stack).length,
    outputs: outputsOf(plan).map(
      ([name, change]): AttributeChange => ({
        name: shownWord(name),
        ...shownPair(...valuesOf(change), { type: '', path: [name], known }),
        forcesReplacement: false,
      }),
    ),
    deferred,
    checks: (plan.checks ?? []).flatMap((check) => checkNotes(check, known)),
    programs: [...startedActions(plan), ...provisioned(plan)],
    remarks: remarksOf(plan),
  };
}

/** Number of resources by what happens to them. */
export function actionsOf({ resource_changes }: Plan): Readonly<Record<Action, number>> {
  const counts = Object.fromEntries(ACTIONS.map((action) => [action, 0])) as Record<Action, number>;
  for (const one of resource_changes ?? []) {
    const action = actionOf(one);
    if (action !== undefined) counts[action] += 1;
  }
  return counts;
}

function providersOf({ configuration }: Plan): readonly ProviderNote[] {
  const found = new Map<string, string | undefined>();
  for (const { full_name, name, version_constraint } of Object.values(configuration?.provider_config ?? {})) {
    const source = full_name ?? name;
    if (source !== undefined) found.set(source, found.get(source) ?? version_constraint ?? undefined);
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, constraint]) => ({
      name: shownWord(name),
      ...(constraint !== undefined && { constraint: shownWord(constraint) }),
    }));
}

/** What Terraform says of why it cannot plan something yet. */
const DEFERRALS: Readonly<Record<string, string>> = {
  unknown: 'Terraform does not say why',
  instance_count_unknown: 'how many there are is known after an apply only',
  resource_config_unknown: 'its configuration is known after an apply only',
  provider_config_unknown: 'the configuration of its provider is known after an apply only',
  deferred_prereq: 'what it depends on is deferred',
  absent_prereq: 'what it depends on is not there yet',
  excluded: 'it is left out by request',
  not_included: 'it is not among what was asked for',
};

function deferredOf({ deferred_changes }: Plan): readonly DeferredNote[] {
  return (deferred_changes ?? []).map(({ reason = 'unknown', resource_change }) => ({
    address: printable(resource_change?.address ?? '(not known)'),
    reason: Object.hasOwn(DEFERRALS, reason)
      ? (DEFERRALS[reason] as string)
      : shownWord(reason).replaceAll('_', ' '),
  }));
}

function checkNotes({ address, status, instances }: CheckResult, known: KnownSecrets): readonly CheckNote[] {
  if (status !== 'fail' && status !== 'error' && status !== 'unknown') return [];
  const messages = (instances ?? []).flatMap(({ problems }) =>
    (problems ?? []).flatMap(({ message }) => message ?? []),
  );
  // Those of resources and outputs that an apply decides are many, and mean nothing.
  if (status === 'unknown' && address.kind !== 'check') return [];
  const problems = messages.map((message) =>
    clipped(printable(maskedText(message, new Masking(known))?.join(' ') ?? SENSITIVE), LONGEST),
  );
  return [{ address: printable(address.to_display ?? '(not known)'), status, problems }];
}

function startedActions({ action_invocations }: Plan): readonly string[] {
  return (action_invocations ?? []).map(({ address }) => shownWord(address));
}

/** A plan does not say whether a program runs where a resource is made, or where it is deleted. */
function provisioned(plan: Plan): readonly string[] {
  const configured = new ConfiguredResources(plan);
  return (plan.resource_changes ?? [])
    .filter(({ change: { actions } }) => actions.includes('create') || actions.includes('delete'))
    .filter((one) => (configured.of(one)?.provisioners ?? []).length > 0)
    .map(({ address }) => shownWord(address));
}

function remarksOf(plan: Plan): readonly string[] {
  const changes = [...(plan.resource_changes ?? []), ...(plan.resource_drift ?? [])];
  const [, minor = '0'] = /^1\.(\d+)$/.exec(plan.format_version) ?? [];
  const [invoked, provisioners] = [startedActions(plan), provisioned(plan)];
  return [
    ...(plan.errored
      ? ['Terraform failed while it made this plan: it is not whole, and cannot be applied']
      : []),
    ...(plan.complete === false && !plan.errored
      ? [
          'the plan is not complete: something is deferred, or left out by -target; another one is needed after it',
        ]
      : []),
    ...(plan.applyable === false && !plan.errored && !isEmpty(plan)
      ? ['Terraform says that this plan cannot be applied']
      : []),
    ...unknownActions(changes).map(
      (word) => `Terraform says '${word}', which is not known here and is taken for the worst that it can be`,
    ),
    ...(Number(minor) > KNOWN_MINOR
      ? [
          `the plan's format is ${plan.format_version}, of which what came after 1.${KNOWN_MINOR} is not told here`,
        ]
      : []),
    ...(invoked.length > 0
      ? [`an apply starts actions of providers: ${clipped(invoked.join(', '), LONGEST)}`]
      : []),
    ...(provisioners.length > 0
      ? [`an apply may run programs of provisioners: ${clipped(provisioners.join(', '), LONGEST)}`]
      : []),
  ];
}

function shownWord(word: string): string {
  return clipped(printable(word), 200);
}
