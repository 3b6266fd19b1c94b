import type { Parameters, ParameterValue } from './conditions';
import { absoluteTime, durationSeconds } from './go-time';
import type { HclEntry, HclValue } from './hcl-document';
import { PolicyTextError } from './policy-text-error';

/** Readers of what stands after the `=` of an attribute; each throws a PolicyTextError where it is of another type. */

export function textOf({ key, value }: HclEntry): string {
  if (value.kind === 'string') return value.value as string;
  throw wrong(value, `'${key}' must be a string`, `write it as ${key} = "..."`);
}

export function textsOf({ key, value }: HclEntry): readonly string[] {
  const remedy = `write it as ${key} = ["...", "..."]`;
  if (value.kind !== 'list') throw wrong(value, `'${key}' must be a list of strings`, remedy);
  return value.items.map((item) => {
    if (item.kind === 'string') return item.value as string;
    throw wrong(item, `'${key}' must hold strings only`, remedy);
  });
}

/** A limit: a whole number, none below 0. */
export function countOf({ key, value }: HclEntry): number {
  const { kind } = value;
  if (kind === 'number' && (value.value as number) >= 0) return value.value as number;
  throw wrong(value, `'${key}' must be a whole number from 0`, `write it as ${key} = 100`);
}

/** @returns seconds */
export function durationOf({ key, value }: HclEntry): number {
  const isLiteral = value.kind === 'number' || value.kind === 'string';
  const seconds = isLiteral ? durationSeconds(String(value.value)) : undefined;
  if (seconds !== undefined) return seconds;
  throw wrong(
    value,
    `'${key}' must be a duration of 0 to 285 years`,
    `write it as "90s", "1h30m", "2d", or whole seconds`,
  );
}

/** @returns milliseconds since 1970; none where the text is empty */
export function timeOf({ key, value }: HclEntry): number | undefined {
  if (value.kind === 'string' && value.value === '') return undefined;
  const isLiteral = value.kind === 'number' || value.kind === 'string';
  const time = isLiteral ? absoluteTime(String(value.value)) : undefined;
  if (time !== undefined) return time;
  throw wrong(
    value,
    `'${key}' must be a point in time`,
    'write it as "2027-01-31T12:00:00Z", or in seconds since 1970',
  );
}

/** @returns by name in lower case, as Vault keeps them */
export function parametersOf({ key, value }: HclEntry): Parameters {
  if (value.kind !== 'object') {
    throw wrong(value, `'${key}' must be an object of lists`, `write it as ${key} = { "name" = ["value"] }`);
  }
  const parameters = new Map<string, readonly ParameterValue[]>();
  for (const entry of value.entries) {
    const name = entry.key.toLowerCase();
    if (parameters.has(name)) {
      throw new PolicyTextError(
        entry.place,
        `parameter '${entry.key}' must stand once in '${key}', whatever its case, got it again; put the values together`,
      );
    }
    parameters.set(name, valuesOf(entry, key));
  }
  return parameters;
}

function valuesOf({ key: name, labels, value }: HclEntry, key: string): readonly ParameterValue[] {
  const remedy = `write it as "${name}" = ["value"], and [] for any value`;
  if (value.kind !== 'list' || labels.length > 0) {
    throw wrong(value, `parameter '${name}' of '${key}' must be a list`, remedy);
  }
  return value.items.map((item) => {
    if (item.kind === 'list' || item.kind === 'object') {
      throw wrong(
        item,
        `parameter '${name}' of '${key}' must hold strings, numbers and booleans only`,
        remedy,
      );
    }
    return item.value;
  });
}

function wrong(value: HclValue, rule: string, remedy: string): PolicyTextError {
  return new PolicyTextError(value.place, `${rule}, got ${kindOf(value)}; ${remedy}`);
}

function kindOf(value: HclValue): string {
  if (value.kind === 'list') return 'a list';
  if (value.kind === 'object') return 'an object';
  return value.kind === 'string' ? `'${value.value}'` : String(value.value);
}
