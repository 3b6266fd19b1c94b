import { isTooDeep } from './json-depth';
import type { BlockInstance } from './terraform-blocks';

/** What an expression comes to before an apply. Parts of a list or an object may be unknown by themselves. */
export type Value = string | number | boolean | null | Unknown | readonly Value[] | ValueObject;
export interface ValueObject {
  readonly [key: string]: Value;
}

/** What is known of a value that as a whole is not. */
export interface KnownParts {
  /** Whose attribute it is: of an id nobody knows the text, and yet which resource it stands for. */
  readonly of?: { readonly block: BlockInstance; readonly attribute: string };
  /** Of a text: its parts in order. */
  readonly parts?: readonly (string | Unknown)[];
  /** Of a JSON text: what it stands for. */
  readonly decoded?: Value;
  /** Of a list: what is in it besides. */
  readonly items?: readonly Value[];
  /** That it would hold more than is read here, so nothing of it is known. */
  readonly isTooLarge?: true;
}

/** A value that only Terraform knows, at an apply. */
export class Unknown {
  public constructor(
    /** The expression, as it is written. */
    public readonly written: string,
    public readonly known: KnownParts = {},
  ) {}

  /** A text that stands for it where a text must be: what is known of it, and the rest in brackets. */
  public get marked(): string {
    const { of, parts } = this.known;
    if (parts) return parts.map((part) => (typeof part === 'string' ? part : part.marked)).join('');
    const name = of ? `${of.block.address}.${of.attribute}` : this.written.replace(/^\$\{(.*)\}$/s, '$1');
    // Inside a quoted text, where neither quotes nor wildcards nor templates may come in.
    return `${MARK_START}${name.replace(/["\\{}\s*+/<>]+/g, "'")}${MARK_END}`;
  }
}

const MARK_START = '\u27e8';
const MARK_END = '\u27e9';

/** Finds what {@link Unknown.marked} puts in brackets. */
export const MARK = /\u27e8[^\u27e9]*\u27e9/g;

/** A text as far as it is known: see {@link Unknown.marked}. Nothing where it is no text. */
export function markedText(value: Value): string | undefined {
  if (value instanceof Unknown) return value.marked;
  return typeof value === 'string' ? value : undefined;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is ValueObject {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Unknown);
}

/** Whether nothing in it is unknown. */
export function isKnown(value: Value): boolean {
  if (value instanceof Unknown) return false;
  if (isList(value)) return value.every(isKnown);
  return isObject(value) ? Object.values(value).every(isKnown) : true;
}

/** A JSON text as what it stands for, as far as that is known; nothing where it is no JSON. */
export function decoded(value: Value): Value | undefined {
  if (typeof value === 'string') return parsed(value);
  if (!(value instanceof Unknown)) return undefined;
  const { decoded: known, parts } = value.known;
  if (known !== undefined || !parts) return known;
  // An unknown part of a text in quotes, such as a password, leaves the others what they are.
  const unknown = parts.filter((part) => part instanceof Unknown);
  let next = 0;
  const text = parts.map((part) => (typeof part === 'string' ? part : `${HOLE}${next++}${HOLE}`)).join('');
  const json = parsed(text);
  return json === undefined ? undefined : filled(json, unknown);
}

/** No JSON text holds it unescaped, and no key is called like it. */
const HOLE = '\ue000';

function filled(value: Value, unknown: readonly Unknown[]): Value {
  if (typeof value === 'string' && value.includes(HOLE)) {
    const [first] = new RegExp(`(?<=${HOLE})\\d+(?=${HOLE})`).exec(value) ?? [];
    return unknown[Number(first)] ?? new Unknown(value);
  }
  if (isList(value)) return value.map((one) => filled(one, unknown));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, unknown)]));
}

function parsed(text: string): Value | undefined {
  try {
    const json = JSON.parse(text) as Value;
    return isTooDeep(json) ? undefined : json;
  } catch {
    return undefined;
  }
}
