import { ACKNOWLEDGEMENT_RULES, acknowledged } from './acknowledgements';
import type { ReviewedEnvironment } from './reviewed-environment';
import { type Acknowledgement, type Finding, LEVELS, type Level, type Rule } from './rule';
import { RULES } from './rules';

export interface RunOptions {
  /** @default all there are */
  readonly rules?: readonly Rule[];
  /** @default none */
  readonly acknowledgements?: readonly Acknowledgement[];
}

/** What rules found, and what they were asked about. */
export interface Review {
  /** In the order of their names. */
  readonly environments: readonly ReviewedName[];
  /** All that could find something, in the order of their ids. */
  readonly rules: readonly RuleTitle[];
  /** By environment, what is worse first, then by rule and address: in the same order on every machine. */
  readonly findings: readonly Finding[];
}

export type RuleTitle = Pick<Rule, 'id' | 'level' | 'title'>;

export interface ReviewedName extends Pick<ReviewedEnvironment, 'name' | 'isDevelopment'> {
  /** Ids of the rules that could be judged of it. */
  readonly judged: readonly string[];
}

/** Runs rules over environments. Each finding is there once. */
export function runRules(
  environments: readonly ReviewedEnvironment[],
  { rules = RULES, acknowledgements = [] }: RunOptions = {},
): Review {
  const judged = environments.map((environment) => ({
    environment,
    rules: rules.filter(({ applies }) => applies?.(environment) ?? true),
  }));
  const findings = judged.flatMap((one) => unique(foundIn(one.environment, one.rules)));
  const owners = new Map(
    environments.flatMap(({ name, blocks }) => blocks.map(({ stack }) => [stack, name])),
  );
  const now = environments[0]?.now ?? Date.now();
  const all = acknowledged(findings, acknowledgements, {
    now,
    environmentOf: (stack) => owners.get(stack) ?? stack,
    ruleIds: [...new Set([...RULES, ...rules, ...ACKNOWLEDGEMENT_RULES].map(({ id }) => id))],
  });
  return {
    environments: [
      ...judged.map(({ environment: { name, isDevelopment }, rules: own }) => ({
        name,
        isDevelopment,
        judged: [...own, ...ACKNOWLEDGEMENT_RULES].map(({ id }) => id).sort(),
      })),
      ...strangers(environments, all),
    ].sort((a, b) => (a.name < b.name ? -1 : 1)),
    rules: [...rules, ...ACKNOWLEDGEMENT_RULES]
      .map(({ id, level, title }) => ({ id, level, title }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    findings: [...all].sort(inOrder),
  };
}

/** Findings nobody has decided to live with, of a level or a worse one. */
export function openFindings(findings: readonly Finding[], from: Level): readonly Finding[] {
  return findings.filter(
    ({ level, acknowledgement }) => !acknowledgement && LEVELS.indexOf(level) >= LEVELS.indexOf(from),
  );
}

/** Stacks of no environment in which something is acknowledged: what is wrong with that must not get lost. */
function strangers(
  environments: readonly ReviewedEnvironment[],
  findings: readonly Finding[],
): readonly ReviewedName[] {
  const known = new Set(environments.map(({ name }) => name));
  const names = new Set(findings.map(({ environment }) => environment).filter((name) => !known.has(name)));
  const judged = ACKNOWLEDGEMENT_RULES.map(({ id }) => id);
  return [...names].map((name) => ({ name, isDevelopment: false, judged }));
}

function foundIn(environment: ReviewedEnvironment, rules: readonly Rule[]): readonly Finding[] {
  return rules.flatMap(({ id, level, title, check }) =>
    [...check(environment)].map((one) => ({ id, level, title, environment: environment.name, ...one })),
  );
}

function unique(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [keys(one).join('\0'), one])).values()];
}

function keys({ environment, level, id, stack, address, seen }: Finding): readonly string[] {
  return [environment, String(LEVELS.length - LEVELS.indexOf(level)), id, stack, address, seen];
}

function inOrder(a: Finding, b: Finding): number {
  const others = keys(b);
  for (const [i, key] of keys(a).entries()) {
    const other = others[i] as string;
    // By code points: the same on every machine.
    if (key !== other) return key < other ? -1 : 1;
  }
  return 0;
}
