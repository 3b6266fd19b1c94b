import { isTooDeep } from '../../policies/json-depth';
import { isSecretFlag, maskedWord } from '../masking/masked-text';
import { type Masking, SENSITIVE } from '../masking/masking';
import { isSecretAttribute, isSecretFile, isSecretValue } from '../masking/secret-attributes';
import { withoutTokens } from '../masking/secret-forms';
import type { AttributePath } from './attribute-path';
import type { Json } from './plan';
import { hasTrue, isMap, isScalar, keysOf, lengthOf, type PlanValue, partOf } from './plan-value';

const UNKNOWN = '(known after apply)';

/** Longer texts are no JSON that anybody reads; in characters. */
const LONGEST = 256 * 1024;

/** Lists and objects as lines of JSON, with marks in place of what is secret or not known. */
export class JsonPrinter {
  public constructor(
    private readonly masking: Masking,
    private readonly type: string,
    private readonly path: AttributePath,
  ) {}

  /** A text that is JSON, of an object or a list; nothing where it is none. */
  public text(text: string): readonly string[] | undefined {
    if (text.length > LONGEST || !/^\s*[[{]/.test(text)) return undefined;
    let json: Json;
    try {
      json = JSON.parse(text);
    } catch {
      return undefined;
    }
    if (isTooDeep(json)) return undefined;
    return this.lines({ value: json, sensitive: undefined, unknown: undefined }, this.path, '');
  }

  /** Each item of a list, or each key of an object, in a line of its own. */
  public items(side: PlanValue): readonly string[] {
    if (isMap(side.value)) {
      return keysOf(side).map(
        (key) => `${withoutTokens(key)} = ${this.compact(partOf(side, key), [...this.path, key])}`,
      );
    }
    return this.itemsOf(side).map((item, i) => {
      if (item.word !== undefined) return item.word;
      return this.compact(partOf(side, i), [...this.path, i]);
    });
  }

  /** In one line. */
  private compact(side: PlanValue, path: AttributePath): string {
    return this.lines(side, path, '')
      .map((line) => line.trim())
      .join(' ');
  }

  private lines(side: PlanValue, path: AttributePath, indent: string): readonly string[] {
    const { value = null, unknown, sensitive } = side;
    if (unknown === true) return [UNKNOWN];
    if (this.isSecret(side, path)) return [this.masking.hide(path.join('.'), JSON.stringify(value))];
    if (typeof value === 'string')
      return [quoted(maskedWord(value, this.masking) ?? this.hidden(path, value))];
    if (isScalar(value) && !hasTrue(unknown)) return [JSON.stringify(value)];
    const inner = `${indent}  `;
    if (Array.isArray(value) || Array.isArray(unknown)) {
      const items = this.itemsOf({ value, unknown, sensitive }, path).map(({ word }, i) =>
        word === undefined ? this.lines(partOf(side, i), [...path, i], inner) : [quoted(word)],
      );
      return framed('[', items, ']', indent);
    }
    const hidden = secretKeysOf(value);
    const entries = keysOf(side).map((key) => {
      const part = partOf(side, key);
      const lines =
        hidden.has(key) && (part.value ?? null) !== null
          ? [this.masking.hide([...path, key].join('.'), JSON.stringify(part.value))]
          : this.lines(part, [...path, key], inner);
      const [first = '', ...rest] = lines;
      return [`${JSON.stringify(withoutTokens(key))}: ${first}`, ...rest];
    });
    return framed('{', entries, '}', indent);
  }

  /** Words of a list, of which one may say that the next one is a secret; no word where it is no text. */
  private itemsOf(side: PlanValue, path: AttributePath = this.path): readonly { readonly word?: string }[] {
    const items: { readonly word?: string }[] = [];
    let isSecretNext = '';
    for (let i = 0; i < lengthOf(side); i += 1) {
      const part = partOf(side, i);
      const { value, unknown, sensitive } = part;
      if (unknown === true) items.push({ word: UNKNOWN });
      else if (typeof value !== 'string') items.push({});
      else if (sensitive === true) items.push({ word: this.masking.hide(path.join('.'), value) });
      else if (isSecretNext !== '' && isSecretValue(value) && !value.startsWith('-')) {
        items.push({ word: this.masking.hide(isSecretNext, value) });
      } else items.push({ word: maskedWord(value, this.masking) ?? this.hidden(path, value) });
      isSecretNext = typeof value === 'string' && isSecretFlag(value) ? value : '';
    }
    return items;
  }

  private isSecret({ value = null, sensitive }: PlanValue, path: AttributePath): boolean {
    if (value === null) return false;
    if (sensitive === true) return true;
    if (typeof value === 'boolean' || !isSecretAttribute(this.type, path)) return false;
    return isSecretValue(JSON.stringify(value));
  }

  private hidden(path: AttributePath, value: string): string {
    return this.masking.hide(path.join('.'), value);
  }
}

/**
 * Keys of an object that hold a secret because of what stands beside them, as in `{ name = "DB_PASSWORD", value = ... }`
 * and in a file that is called like a secret.
 */
export function secretKeysOf(value: Json | undefined): ReadonlySet<string> {
  if (!isMap(value)) return NONE;
  const text = (key: string): string =>
    Object.hasOwn(value, key) && typeof value[key] === 'string' ? value[key] : '';
  const keys = new Set<string>();
  if (
    ['name', 'key', 'label', 'Name', 'Key'].some(
      (key) => text(key) !== '' && isSecretAttribute('', [text(key)]),
    )
  ) {
    for (const key of ['value', 'Value', 'default']) keys.add(key);
  }
  const files = ['file', 'path', 'filename', 'destination', 'target', 'target_path'];
  if (files.some((key) => text(key) !== '' && isSecretFile(text(key)))) {
    for (const key of ['content', 'contents', 'data', 'text']) keys.add(key);
  }
  return keys;
}

const NONE: ReadonlySet<string> = new Set();

function quoted(word: string): string {
  return word === SENSITIVE ? word : JSON.stringify(word);
}

function framed(
  open: string,
  items: readonly (readonly string[])[],
  close: string,
  indent: string,
): readonly string[] {
  if (items.length === 0) return [`${open}${close}`];
  return [
    open,
    ...items.flatMap((lines, i) => {
      const last = lines.at(-1) as string;
      const all = [...lines.slice(0, -1), i < items.length - 1 ? `${last},` : last];
      return all.map((line, j) => (j === 0 ? `${indent}  ${line}` : line));
    }),
    `${indent}${close}`,
  ];
}
