import * as fs from 'node:fs';
import * as path from 'node:path';
import { type StackSource, shownFile } from '../access/stack-source';
import { SynthError } from '../access/synth-error';
import { ACKNOWLEDGEMENT_RULES } from './acknowledgements';
import { type ReviewedEnvironment, type ReviewOptions, reviewedSources } from './reviewed-environment';
import type { Acknowledgement, Finding } from './rule';
import { type Review, runRules } from './rules-run';

/** What is declared before a change, or after it. */
export interface ReviewedSide {
  /** As they were written; none that plans alone tell. */
  readonly sources: readonly StackSource[];
  /** Those with something of Vault's, in the order of their names. */
  readonly environments: readonly ReviewedEnvironment[];
  /** What rules find in them. */
  readonly review: Review;
  /** The environment of each stack: those that are deployed together, also where they declare nothing of Vault's. */
  readonly environmentOf: ReadonlyMap<string, string>;
}

/** One on which nothing is declared. */
export const NOTHING_DECLARED: ReviewedSide = {
  sources: [],
  environments: [],
  review: { environments: [], rules: [], findings: [] },
  environmentOf: new Map(),
};

export interface SideSources {
  /** Of the synth. None where plans alone tell. */
  readonly sources: readonly StackSource[];
  /** Stacks that are in no synth, and known by their plans. @default none */
  readonly planned?: readonly StackSource[];
  /** The folder of the synth, with its report of findings. @default nobody has acknowledged anything */
  readonly folder?: string;
}

/**
 * Looks at stacks of any cdktf project, of other Terraform JSON, or of plans, and runs all rules over them. Decisions to
 * live with a finding are read of the report that the synth wrote. Needs `loadPolicyParser` to have ended.
 *
 * @throws SynthError on what cannot be read
 */
export function reviewedSide(
  { sources, planned = [], folder }: SideSources,
  options: ReviewOptions = {},
): ReviewedSide {
  // A plan of a stack that is not there yet has nothing before.
  const all = [...sources, ...planned.filter(({ json }) => Object.keys(json.resource ?? {}).length > 0)];
  const environments = reviewedSources(all, options);
  const { acknowledgements, aboutThem } = folder === undefined ? NO_DECISIONS : decisionsOf(folder);
  const review = runRules(environments, { acknowledgements });
  return {
    sources,
    environments,
    review: { ...review, findings: [...review.findings, ...aboutThem] },
    environmentOf: owners(all, environments),
  };
}

/** As stacks are looked at by the rules. Of one that declares nothing it is told by its name. */
function owners(
  sources: readonly StackSource[],
  environments: readonly ReviewedEnvironment[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, blocks } of environments) {
    // A stack of several servers belongs to the first one.
    for (const { stack } of blocks) if (!found.has(stack)) found.set(stack, name);
  }
  for (const { name } of sources) {
    if (found.has(name)) continue;
    found.set(name, environments.find((one) => name.startsWith(`${one.name}-`))?.name ?? name);
  }
  return found;
}

const FINDINGS = path.join('review', 'findings.json');

interface Decisions {
  readonly acknowledgements: readonly Acknowledgement[];
  /** What is wrong with acknowledgements that are of no finding: nothing else tells of them. */
  readonly aboutThem: readonly Finding[];
}

const NO_DECISIONS: Decisions = { acknowledgements: [], aboutThem: [] };

function decisionsOf(folder: string): Decisions {
  const file = path.join(folder, FINDINGS);
  const findings = fs.existsSync(file) ? findingsIn(file) : [];
  const ids = ACKNOWLEDGEMENT_RULES.map(({ id }) => id as string);
  return {
    acknowledgements: findings.flatMap(({ acknowledgement }) => acknowledgement ?? []),
    aboutThem: findings.filter(({ id }) => ids.includes(id)),
  };
}

function findingsIn(file: string): readonly Finding[] {
  try {
    const { findings } = JSON.parse(fs.readFileSync(file, 'utf8')) as { findings?: unknown };
    if (Array.isArray(findings) && findings.every(isFinding)) {
      return findings;
    }
  } catch {
    // Said below.
  }
  throw new SynthError(
    `${shownFile(file)}: must be a report of findings, got something else; synthesize again`,
  );
}

/** The file may be anybody's. */
function isFinding(one: unknown): one is Finding {
  const { acknowledgement, ...finding } = (one ?? {}) as Readonly<Record<string, unknown>>;
  const isText = (of: Readonly<Record<string, unknown>>, ...names: readonly string[]) =>
    names.every((name) => typeof of[name] === 'string');
  const isAcknowledged =
    acknowledgement === undefined ||
    isText(
      (acknowledgement ?? {}) as Readonly<Record<string, unknown>>,
      'id',
      'constructPath',
      'reason',
      'owner',
    );
  const texts = ['id', 'level', 'title', 'environment', 'stack', 'address', 'seen', 'remedy'];
  return isText(finding, ...texts) && isAcknowledged;
}
