import { isTooDeep } from '../policies/json-depth';
import { credentialIn, namesASecret } from '../policies/secret-text';
import type { ShownValue } from './resource-change';

/** What stands for a secret within a text. */
export const SENSITIVE = '(sensitive)';
/** The same, where it is another one than before. */
const OTHER = '(sensitive, another one than before)';

/** Attributes that hold secrets whatever they are called. */
const SECRET_ATTRIBUTES =
  /^(data_json(_wo)?|private_key|pem_bundle|credentials|password_wo|secret_id(_wo)?|role_id_secret|client_secret)$/;
/** `data` is so of resources of KV alone. */
const SECRET_DATA = /^vault_(kv_secret|generic_secret)/;
/** Named like secrets, and none: what tokens and secret-ids may do. */
const HARMLESS =
  /^(token_(policies|bound_cidrs|period|ttl|max_ttl|explicit_max_ttl|num_uses|no_default_policy|type)|allowed_policies|secret_id_(bound_cidrs|num_uses|ttl)|bind_secret_id|data_json_wo_version|with_wrapped_accessor)$/;
/** An expression that names where something is, and does not hold it. */
const REFERENCE = /^["']?\$\{?[\w.[\]-]+\}?["']?$/;

/** Whether an attribute is secret by its type and names, such as `options.token`. */
export function isSecretAttribute(type: string, path: readonly string[]): boolean {
  const [first = ''] = path;
  if (first === 'data' && SECRET_DATA.test(type)) return true;
  return path.some((name) => SECRET_ATTRIBUTES.test(name) || (!HARMLESS.test(name) && namesASecret(name)));
}

/** A value before and after, as both may be shown. A secret that is another one is told so, and not shown. */
export function shownPair(before: unknown, after: unknown): readonly [ShownValue, ShownValue] {
  const [was, is] = [linesOf(before), linesOf(after)];
  const raw = new Set(was.map((line) => line.raw));
  const shown = new Set(was.map((line) => line.shown));
  const marked = is.map((line) => {
    const isOther = line.shown.includes(SENSITIVE) && shown.has(line.shown) && !raw.has(line.raw);
    return isOther ? { ...line, shown: line.shown.replaceAll(SENSITIVE, OTHER) } : line;
  });
  return [ofLines(before, was), ofLines(after, marked)];
}

interface Line {
  readonly raw: string;
  readonly shown: string;
}

function ofLines(value: unknown, lines: readonly Line[]): ShownValue {
  if (value === undefined || value === null) return { kind: 'absent' };
  const shown = lines.map((line) => line.shown);
  if (Array.isArray(value) && value.length === 0) return { kind: 'text', text: '[]' };
  if (shown.length === 1 && shown[0] === SENSITIVE) return { kind: 'sensitive' };
  return shown.length === 1 && !Array.isArray(value)
    ? { kind: 'text', text: shown[0] as string }
    : { kind: 'lines', lines: shown };
}

/** A text, a number, a truth value, a list or an object, line by line. */
function linesOf(value: unknown): readonly Line[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one, i) => elementLines(one, value[i - 1]));
  return textLines(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** A secret may follow the flag that names it. */
function elementLines(element: unknown, previous: unknown): readonly Line[] {
  const raw = typeof element === 'object' ? JSON.stringify(element) : String(element);
  const [, flag] = /^--?([\w-]+)$/.exec(String(previous ?? '')) ?? [];
  const isNamed = flag !== undefined && namesASecret(flag.replaceAll('-', '_'));
  return isNamed && !REFERENCE.test(raw) ? [{ raw, shown: SENSITIVE }] : textLines(raw);
}

function textLines(text: string): readonly Line[] {
  if (credentialIn(text) === 'a private key') return [{ raw: text, shown: maskedAssignment(text) }];
  const json = parsedJson(text);
  if (json === undefined) {
    const lines = text.replace(/\n$/, '').split('\n');
    return lines.map((raw) => ({ raw, shown: maskedLine(raw) }));
  }
  const [raw, shown] = [json, withoutSecrets(json)].map((one) => JSON.stringify(one, null, 2).split('\n'));
  // What is not shown may have been several lines.
  return (shown as string[]).map((line, i) => ({
    raw: line.includes(SENSITIVE) ? text : (raw?.[i] ?? ''),
    shown: line,
  }));
}

function maskedAssignment(text: string): string {
  const [, name] = /^(\w+=)/.exec(text) ?? [];
  return `${name ?? ''}${SENSITIVE}`;
}

/**
 * `NAME=value`, `name = "value"`, `"name": "value"`, `--name value`. A path before a colon is no name: policies explain
 * their paths so.
 */
const ASSIGNMENT =
  /(?<![\w.-])(?:-{1,2}([\w-]+)[ =]|["']?([\w.-]+)["']?[ \t]*(?:=|(?<!\/["']?[\w.-]{1,200}["']?[ \t]{0,9}):)[ \t]*)("(?:[^"\\]|\\.)*"|'[^']*'|(?:\$\{[^}]*\}|[^\s,;{}[\]])+)/g;
/** What no secret is: a truth value, a number, a duration. */
const PLAIN = /^"?(true|false|null|\d{1,9}(ms|s|m|h|d)?)"?$/;

/** A line without the secrets that are told by their names or their forms. */
export function maskedLine(line: string): string {
  const named = line.replace(ASSIGNMENT, (all, flag: string | undefined, key: string | undefined, value) => {
    const name = flag ?? key ?? '';
    if (HARMLESS.test(name) || !namesASecret(name.replaceAll('-', '_'))) return all;
    if (REFERENCE.test(value) || PLAIN.test(value)) return all;
    return `${all.slice(0, all.length - value.length)}${SENSITIVE}`;
  });
  return credentialIn(named) === undefined ? named : maskedAssignment(named);
}

function parsedJson(text: string): object | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !isTooDeep(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** What its keys call secret is left out. */
function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return REFERENCE.test(value) ? value : maskedLine(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      isSecretAttribute('', [key]) && !REFERENCE.test(String(one)) ? SENSITIVE : withoutSecrets(one),
    ]),
  );
}
