import type { LastDeploy } from './last-deploy';
import type { Variables } from './machine';
import { type Question, type Questions, SEVERAL_LINES } from './questions';
import type { StackFile, SuppliedSecret, SuppliedVariable } from './stack-file';

/** A variable that this deploy needs and that is not set. */
export interface MissingValue extends SuppliedVariable {
  /** `<mount>/<path>`. */
  readonly secret: string;
}

/** What is known of secrets that were written before. */
export interface Written {
  /** What the state says. */
  readonly lastDeploy: LastDeploy;
  /** The accessors of the mounts that the server has now, by path. */
  readonly mountAccessors: Readonly<Record<string, string>>;
}

/**
 * The values that this deploy writes and that nobody has supplied yet. A secret is left alone when the state says
 * that this version was written, to the mount that the server has now: a development server forgets. Terraform
 * decides it in the same way. The secret itself is not looked at, which whoever deploys may not do.
 */
export function missingValues(access: StackFile, written: Written, variables: Variables): MissingValue[] {
  return access.suppliedSecrets
    .filter((secret) => !isWritten(written, secret))
    .flatMap((secret) =>
      secret.variables
        // A CI system sets a variable to nothing when it has no value for it.
        .filter(({ environmentVariable }) => !variables[environmentVariable])
        .map((variable) => ({ ...variable, secret: `${secret.mount}/${secret.path}` })),
    );
}

/** What to say where nobody can be asked. */
export function problemOf({ environmentVariable, description, secret }: MissingValue): string {
  return `'${environmentVariable}' must be set to write '${secret}', got nothing; it is: ${description}`;
}

/**
 * Asks for each value.
 *
 * @returns the variables for Terraform
 */
export async function ask(missing: readonly MissingValue[], questions: Questions): Promise<Variables> {
  if (missing.length === 0) return {};
  const answers = await questions.ask(missing.map(questionOf));
  return Object.fromEntries(missing.map(({ environmentVariable }, i) => [environmentVariable, answers[i]]));
}

function isWritten(
  { lastDeploy, mountAccessors }: Written,
  { mount, path, version }: SuppliedSecret,
): boolean {
  const accessor = lastDeploy.mountAccessors[mount];
  return (
    lastDeploy.suppliedVersions[`${mount}/${path}`] === version &&
    accessor !== undefined &&
    accessor === mountAccessors[mount]
  );
}

function questionOf({ description, isObject }: MissingValue): Question {
  return isObject
    ? {
        text: description,
        isComplete: (text) => !text.trimStart().startsWith('{') || isJson(text),
        problem: problemOfObject,
      }
    : { text: description, isComplete: () => true, problem: problemOfLine };
}

function problemOfLine(text: string): string | undefined {
  if (text.trim() === '') return 'the value must not be empty; type or paste it';
  return text.includes('\n') ? SEVERAL_LINES : undefined;
}

function problemOfObject(text: string): string | undefined {
  const fits = isJson(text) && isRecordOfStrings(JSON.parse(text));
  // Not JSON.parse's own message: it quotes the text.
  return fits ? undefined : 'the value must be a JSON object of strings; write it as {"key": "value"}';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isRecordOfStrings(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const values = Object.values(value);
  return values.length > 0 && values.every((one) => typeof one === 'string');
}
