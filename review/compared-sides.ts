import { accessDiff, type EnvironmentDiff, type Presence } from '../access/access-diff';
import { blocksOf } from '../policies/terraform-blocks';
import {
  type ChangeReview,
  changesNothing,
  type EnvironmentReview,
  type PlannedStack,
} from './change-review';
import { dangersOf } from './dangers';
import { findingsChange } from './findings-change';
import { groupedBy } from './grouped-by';
import { hardeningChange } from './hardening-change';
import { type HardeningScore, hardeningScore } from './hardening-score';
import type { ResourceChange } from './resource-change';
import { restartedContainers } from './restarted-containers';
import type { ReviewedSide } from './reviewed-side';
import { rewrittenSecrets } from './rewritten-secrets';
import { synthChange } from './synth-change';

/** What is compared. */
export interface Comparison {
  readonly before: ReviewedSide;
  readonly after: ReviewedSide;
  /** Of a stack with a plan its changes are what the plan says. @default none */
  readonly plans?: readonly PlannedStack[];
  /** What somebody gave and took behind Terraform's back. @default nothing */
  readonly driftAccess?: readonly EnvironmentDiff[];
  /** Only this one. @default all */
  readonly environment?: string;
  /** Whether environments without a plan are left out: nobody asked for them. @default not */
  readonly onlyPlanned?: boolean;
  /** What the sides are called. @default nothing is said of it */
  readonly compared?: ChangeReview['compared'];
}

/** Says what a change means: of everything that is declared before against everything after. */
export function comparedSides({
  before,
  after,
  plans = [],
  driftAccess = [],
  environment,
  onlyPlanned = false,
  compared,
}: Comparison): ChangeReview {
  const synth = synthChange(before.sources, after.sources);
  const planned = new Map(plans.map((one) => [one.note.stack, one]));
  const owner = ownerOf(before, after);
  const resources = [
    ...synth.resources.filter(({ stack }) => !planned.has(stack)),
    ...plans.flatMap(({ changes }) => changes),
  ];
  const parts = {
    resources: groupedBy(inOrder(resources), owner),
    others: groupedBy(synth.others, owner),
    drift: groupedBy(inOrder(plans.flatMap(({ drift }) => drift)), owner),
    // Plans of some stacks may call an environment by one of these.
    driftAccess: groupedBy(driftAccess, ({ name }) => owner({ stack: name })),
    planned: groupedBy([...planned.keys()], (stack) => owner({ stack })),
    // A plan does not tell that something is no longer protected.
    unplanned: groupedBy(
      synth.resources.filter(({ stack }) => planned.has(stack)).flatMap(lifecycleOnly),
      owner,
    ),
    access: new Map(
      accessDiff(
        before.environments.map(({ access }) => access),
        after.environments.map(({ access }) => access),
      ).environments.map((one) => [one.name, one]),
    ),
  };
  const ofPlans = plans.map(({ note }) => owner(note));
  const names = onlyPlanned ? ofPlans : [...namesOf(before), ...namesOf(after), ...ofPlans];
  const notes = plans
    .map(({ note }) => note)
    .filter((note) => environment === undefined || owner(note) === environment);
  return {
    environments: [...new Set(names)]
      .filter((name) => environment === undefined || name === environment)
      .sort()
      .map((name) => environmentReview(name, before, after, parts)),
    plans: [...notes].sort((a, b) => (a.stack < b.stack ? -1 : 1)),
    ...(compared && { compared }),
    versions: versionsOf(after),
  };
}

/** What the stacks ask for. */
function versionsOf({ sources }: ReviewedSide): Readonly<Record<string, string>> {
  const found = new Map<string, Set<string>>();
  for (const { json } of sources) {
    const { required_providers: providers } = blocksOf(json.terraform) ?? {};
    for (const [name, one] of Object.entries(blocksOf(providers) ?? {})) {
      const { source, version } = (typeof one === 'object' && one !== null ? one : {}) as Readonly<
        Record<string, unknown>
      >;
      const key = typeof source === 'string' ? source : name;
      const asked = typeof one === 'string' ? one : version;
      if (typeof asked === 'string') found.set(key, (found.get(key) ?? new Set()).add(asked));
    }
  }
  return Object.fromEntries([...found].sort().map(([name, versions]) => [name, [...versions].join(', ')]));
}

type ByName<T> = ReadonlyMap<string, readonly T[]>;

interface Parts {
  readonly resources: ByName<ResourceChange>;
  readonly others: ByName<ResourceChange>;
  readonly drift: ByName<ResourceChange>;
  readonly driftAccess: ByName<EnvironmentDiff>;
  readonly unplanned: ByName<ResourceChange>;
  readonly planned: ByName<string>;
  readonly access: ReadonlyMap<string, EnvironmentDiff>;
}

function environmentReview(
  name: string,
  before: ReviewedSide,
  after: ReviewedSide,
  { resources, others, drift, driftAccess, unplanned, planned, access }: Parts,
): EnvironmentReview {
  const [from, to] = [before, after].map(({ environments }) => environments.find((one) => one.name === name));
  const [was, is] = [before, after].map((side) =>
    side.review.findings.filter((one) => one.environment === name),
  );
  const [scoreBefore, scoreAfter] = [before, after].map((side) => scoreOf(side, name));
  const changes = resources.get(name) ?? [];
  const diff = access.get(name);
  const [drifted] = driftAccess.get(name) ?? [];
  const review = {
    name,
    changes,
    otherChanges: others.get(name) ?? [],
    drift: drift.get(name) ?? [],
    ...(drifted && { driftAccess: drifted }),
    planned: planned.get(name) ?? [],
    dangers: dangersOf([...changes, ...(unplanned.get(name) ?? [])], from, to),
    rewritten: rewrittenSecrets(changes, to),
    restarted: restartedContainers(changes, to),
    ...(diff && { access: diff }),
    findings: findingsChange(was ?? [], is ?? []),
    hardening: hardeningChange(scoreBefore, scoreAfter),
  };
  return { ...review, presence: presenceOf(namesOf(before).has(name), namesOf(after).has(name), review) };
}

function presenceOf(
  isBefore: boolean,
  isAfter: boolean,
  review: Omit<EnvironmentReview, 'presence'>,
): Presence | 'same' {
  if (isBefore !== isAfter) return isAfter ? 'new' : 'removed';
  return changesNothing(review) ? 'same' : 'changed';
}

function namesOf({ environments, environmentOf }: ReviewedSide): ReadonlySet<string> {
  return new Set([...environments.map(({ name }) => name), ...environmentOf.values()]);
}

function scoreOf({ review }: ReviewedSide, name: string): HardeningScore | undefined {
  const reviewed = review.environments.find((one) => one.name === name);
  return reviewed && hardeningScore(reviewed, review.findings);
}

/** A resource of one server of several belongs to that; everything else to the environment of its stack. */
function ownerOf(
  before: ReviewedSide,
  after: ReviewedSide,
): (of: { stack: string; address?: string }) => string {
  const found = new Map<string, string>();
  for (const { environments } of [before, after]) {
    for (const { name, blocks } of environments) {
      for (const { stack, block } of blocks) found.set(JSON.stringify([stack, block.address]), name);
    }
  }
  return ({ stack, address }) =>
    (address === undefined ? undefined : found.get(JSON.stringify([stack, address]))) ??
    after.environmentOf.get(stack) ??
    before.environmentOf.get(stack) ??
    stack;
}

function inOrder(changes: readonly ResourceChange[]): readonly ResourceChange[] {
  const key = ({ stack, address }: ResourceChange) => `${stack}\0${address}`;
  return [...changes].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** Of one that changes, what is said to Terraform alone. */
function lifecycleOnly(change: ResourceChange): readonly ResourceChange[] {
  const attributes = change.attributes.filter(({ name }) => name.startsWith('lifecycle.'));
  return change.action === 'update' && attributes.length > 0 ? [{ ...change, attributes }] : [];
}
