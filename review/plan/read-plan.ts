import { kindOfJson } from '../../access/json-kind';
import { isTooDeep } from '../../policies/json-depth';
import { brokenJsonPlace } from '../../policies/json-text';
import type { Plan, PlannedChange } from './plan';
import { PlanError } from './plan-error';
import { planShapeProblem } from './plan-shape';

const REMEDY = "give what 'terraform show -json <plan file>' prints";

/** What else is made of JSON by those who make plans, by what is in it and in no plan. */
const OTHERS: readonly (readonly [what: string, keys: readonly string[]])[] = [
  ["one line of 'terraform plan -json'", ['@level', '@message']],
  ['a file of state', ['lineage', 'serial']],
  ["the answer of 'terraform validate'", ['valid', 'diagnostics']],
  ['the schemas of providers', ['provider_schemas']],
  ["a synthesized stack, Terraform's configuration", ['terraform']],
  ["a synth's list of stacks", ['stacks', 'version']],
];

/**
 * Reads what `terraform show -json` prints of a plan file. Fields that are not known, and later minor versions of the
 * format, are no matter.
 *
 * @param stack names it in errors
 * @throws PlanError where it is something else, is cut off, or is of a format with another meaning
 */
export function readPlan(text: string, stack: string): Plan {
  const refuse = (got: string, remedy = REMEDY) =>
    new PlanError(stack, `must be a plan of Terraform as JSON, got ${got}; ${remedy}`);
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  const strange = strangeText(plain);
  if (strange) throw refuse(...strange);
  const json = parsed(plain, refuse);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw refuse(kindOfJson(json));
  if (isTooDeep(json)) {
    throw new PlanError(stack, `must be JSON of at most 100 levels, got more; ${REMEDY}`);
  }
  requirePlan(json as Readonly<Record<string, unknown>>, stack, refuse);
  const problem = planShapeProblem(json as Readonly<Record<string, unknown>>);
  if (problem !== undefined) throw new PlanError(stack, `${problem}; ${REMEDY}`);
  return withoutNulls(json as Plan);
}

/** What is said of a change and is null is not said: others look at whether it is there. */
function withoutNulls(plan: Plan): Plan {
  const said = (changes: readonly PlannedChange[] | undefined): readonly PlannedChange[] =>
    (changes ?? []).map((one) =>
      Object.values(one).includes(null)
        ? (Object.fromEntries(
            Object.entries(one).filter(([, value]) => value !== null),
          ) as unknown as PlannedChange)
        : one,
    );
  return {
    ...plan,
    ...(plan.resource_changes && { resource_changes: said(plan.resource_changes) }),
    ...(plan.resource_drift && { resource_drift: said(plan.resource_drift) }),
  };
}

type Refuse = (got: string, remedy?: string) => PlanError;

/** What is no JSON, told by how it begins. */
function strangeText(text: string): readonly [got: string, remedy?: string] | undefined {
  if (text.trim() === '') return ['an empty file', `${REMEDY}; where that failed, it left nothing`];
  if (text.startsWith('PK\x03\x04')) return ['the plan file itself, which is no JSON'];
  // Two bytes a character, or a mark of that, as UTF-8 they are these.
  if (/^(\ufffd\ufffd|.?\0|..\0)/s.test(text)) {
    return ['a text that is not UTF-8', `${REMEDY}, written as UTF-8`];
  }
  return undefined;
}

function parsed(text: string, refuse: Refuse): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { line, column, isCutOff } = brokenJsonPlace(text);
    if (line > 1 && column === 1 && isLogLine(text.slice(0, text.indexOf('\n')))) {
      throw refuse("lines of 'terraform plan -json', which tell no values");
    }
    const got = isCutOff ? 'the end of the file' : 'something else';
    throw refuse(`${got} at line ${line}, column ${column}`, `${REMEDY}, whole and alone`);
  }
}

function isLogLine(line: string): boolean {
  try {
    const json = JSON.parse(line);
    return typeof json === 'object' && json !== null && '@level' in json;
  } catch {
    return false;
  }
}

/** @throws PlanError for a state, and for what is no plan at all or of another format */
function requirePlan(json: Readonly<Record<string, unknown>>, stack: string, refuse: Refuse): void {
  const has = (key: string): boolean => Object.hasOwn(json, key);
  const other = OTHERS.find(([, keys]) => keys.every(has));
  if (other) throw refuse(other[0]);
  const { format_version: version } = json;
  if (typeof version !== 'string') throw refuse("an object without 'format_version'");
  const [, major] = /^(\d{1,9})\.\d{1,9}$/.exec(version) ?? [];
  // Until Terraform 1.1 it was 0.2, which means the same.
  if (major !== '1' && version !== '0.2' && version !== '0.1') {
    const remedy = 'make the plan with a Terraform whose format is 1, or use a version of this that knows it';
    throw new PlanError(stack, `'format_version' must be 1.x, got '${version}'; ${remedy}`);
  }
  if (has('planned_values') || has('resource_changes') || has('configuration')) return;
  if (has('values') || Object.keys(json).every((key) => key === 'format_version')) {
    throw refuse('a state', `${REMEDY}: without a file it prints the state`);
  }
  throw refuse("an object without 'planned_values', 'resource_changes' and 'configuration'");
}
