import { isTooLargeJoined, TOO_LARGE } from './terraform-size';
import { decoded, isKnown, isList, isObject, Unknown, type Value } from './terraform-value';

/** What a function needs besides its arguments. */
export interface FunctionSurroundings {
  /** @returns nothing where it is not known which file is meant */
  readonly readFile: (path: string) => string | undefined;
  /** A file's text as a template with these variables. */
  readonly render: (template: string, variables: Readonly<Record<string, Value>>) => Value;
}

/** @returns nothing where the function does not know either */
type TerraformFunction = (args: readonly Value[], surroundings: FunctionSurroundings) => Value | undefined;

const same: TerraformFunction = ([value]) => value;

/** Terraform's functions that give policies their texts and lists. Of all others the value is unknown. */
const FUNCTIONS: ReadonlyMap<string, TerraformFunction> = new Map<string, TerraformFunction>([
  ['tolist', same],
  ['tomap', same],
  ['sensitive', same],
  ['nonsensitive', same],
  // A set is in the order of its texts.
  ['toset', ([value]) => (value !== undefined && isList(value) ? [...unique(value)].sort(byText) : value)],
  ['distinct', ([value]) => (value !== undefined && isList(value) ? unique(value) : undefined)],
  ['compact', ([value]) => (value !== undefined && isList(value) ? value.filter(Boolean) : undefined)],
  ['concat', concatenated],
  [
    'flatten',
    ([value]) => (value !== undefined && isList(value) ? concatenated(value.map(listed)) : undefined),
  ],
  ['merge', (args) => (args.every(isObject) ? Object.assign({}, ...args) : undefined)],
  ['join', joined],
  ['tostring', ([value]) => (isScalar(value) ? String(value) : undefined)],
  ['trimspace', ([value]) => (typeof value === 'string' ? value.trim() : undefined)],
  ['jsonencode', encoded],
  ['jsondecode', ([value]) => (value === undefined ? undefined : decoded(value))],
  ['file', ([path], { readFile }) => (typeof path === 'string' ? readFile(path) : undefined)],
  ['templatefile', templateFile],
]);

/** What a call comes to; nothing where only Terraform can tell. */
export function called(
  name: string,
  args: readonly Value[],
  surroundings: FunctionSurroundings,
): Value | undefined {
  return FUNCTIONS.get(name)?.(args, surroundings);
}

function concatenated(args: readonly Value[]): Value | undefined {
  const items = args.flatMap((one): readonly Value[] => (isList(one) ? one : [one]));
  const unknown = args.find((one) => !isList(one));
  if (unknown === undefined) return items;
  return unknown instanceof Unknown ? new Unknown(unknown.written, { items }) : undefined;
}

/** As `flatten` takes what is in its list: whatever is no list is one of itself. */
function listed(value: Value): Value {
  if (value instanceof Unknown) return [value];
  return isList(value) ? (concatenated(value.map(listed)) ?? []) : [value];
}

function joined([separator, list]: readonly Value[]): Value | undefined {
  if (typeof separator !== 'string' || list === undefined || !isList(list)) return undefined;
  if (isTooLargeJoined(separator, list)) return TOO_LARGE;
  if (list.every(isScalar)) return list.map(String).join(separator);
  if (!list.every((one) => isScalar(one) || one instanceof Unknown)) return undefined;
  const parts = list.flatMap((one, i) => [
    ...(i > 0 ? [separator] : []),
    one instanceof Unknown ? one : String(one),
  ]);
  return new Unknown('join(...)', { parts });
}

function encoded([value]: readonly Value[]): Value | undefined {
  if (value === undefined) return undefined;
  return isKnown(value) ? JSON.stringify(value) : new Unknown('jsonencode(...)', { decoded: value });
}

function templateFile(
  [path, variables]: readonly Value[],
  { readFile, render }: FunctionSurroundings,
): Value | undefined {
  if (typeof path !== 'string' || variables === undefined || !isObject(variables)) return undefined;
  const template = readFile(path);
  return template === undefined ? undefined : render(template, variables);
}

function unique(list: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return list.filter((one) => {
    if (!isKnown(one)) return true;
    const text = JSON.stringify(one);
    return !seen.has(text) && seen.add(text);
  });
}

function byText(a: Value, b: Value): number {
  return typeof a === 'string' && typeof b === 'string' && a !== b ? (a < b ? -1 : 1) : 0;
}

/** Whether it becomes a text as Terraform would write it. */
export function isScalar(value: Value | undefined): value is string | number | boolean {
  // Terraform writes great numbers out.
  if (typeof value === 'number') return Math.abs(value) < 1e15;
  return typeof value === 'string' || typeof value === 'boolean';
}
