import type { Variables } from './machine';
import { type Question, type Questions, SEVERAL_LINES } from './questions';
import type { StackFile, SuppliedSecret, SuppliedVariable } from './stack-file';
import type { VaultApi } from './vault-api';

/** A variable that this deploy needs and that is not set. */
export interface MissingValue extends SuppliedVariable {
  /** `<mount>/<path>`. */
  readonly secret: string;
}

/**
 * The values that this deploy writes and that nobody has supplied yet. A secret is left alone when the state
 * says that this version was written and the server still has it: a development server forgets.
 */
export async function missingValues(
  access: StackFile,
  vault: VaultApi,
  variables: Variables,
): Promise<MissingValue[]> {
  const missing = await Promise.all(
    access.suppliedSecrets.map(async (secret) =>
      (await isWritten(access, vault, secret))
        ? []
        : secret.variables
            // A CI system sets a variable to nothing when it has no value for it.
            .filter(({ environmentVariable }) => !variables[environmentVariable])
            .map((variable) => ({ ...variable, secret: `${secret.mount}/${secret.path}` })),
    ),
  );
  return missing.flat();
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

async function isWritten(access: StackFile, vault: VaultApi, secret: SuppliedSecret): Promise<boolean> {
  const server = access.vault;
  return (
    server !== undefined &&
    access.writtenVersion(secret) === secret.version &&
    (await vault.holds(server, secret.mount, secret.path))
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
