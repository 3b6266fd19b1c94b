import { printable } from '../../access/printable';
import { clipped } from '../../policies/clipped';
import type { KnownSecrets } from '../masking/known-secrets';
import { maskedText, maskedWord } from '../masking/masked-text';
import { Masking, SENSITIVE } from '../masking/masking';
import { isSecretAttribute, isSecretValue } from '../masking/secret-attributes';
import type { ShownValue } from '../resource-change';
import type { AttributePath } from './attribute-path';
import { isSameJson, type PlanValue } from './plan-value';
import { JsonPrinter } from './printed-json';
import { shownLines } from './shown-lines';

/** Of a text in one line, in characters. */
const LONGEST = 1000;

/** Said where before and after look alike and are not, such as texts with other blanks. */
const DIFFERS = '(differs in what is not shown)';

export interface ShownPair {
  readonly before: ShownValue;
  readonly after: ShownValue;
}

export interface ShownAttribute {
  /** Of the resource. */
  readonly type: string;
  readonly path: AttributePath;
  readonly known: KnownSecrets;
}

/** Two values that differ, as they may be shown: of what is secret only that it changes. */
export function shownPair(before: PlanValue, after: PlanValue, attribute: ShownAttribute): ShownPair {
  const masking = new Masking(attribute.known);
  const isSecret = before.sensitive === true || after.sensitive === true;
  const first = shown(before, attribute, masking, isSecret);
  masking.after();
  const second = shown(after, attribute, masking, isSecret);
  const pair = withoutLastBreak(withSameKind({ before: first, after: second }), before, after);
  return alike(before, after, clippedPair(pair), masking);
}

function shown(side: PlanValue, attribute: ShownAttribute, masking: Masking, isSecret: boolean): ShownValue {
  const { value = null, unknown } = side;
  if (unknown === true) return { kind: 'unknown' };
  if (value === null) return { kind: 'absent' };
  if (isSecret) return { kind: 'sensitive' };
  if (typeof value === 'boolean') return { kind: 'text', text: String(value) };
  const { type, path } = attribute;
  if (isSecretAttribute(type, path)) {
    return value === '' || !isSecretValue(JSON.stringify(value))
      ? { kind: 'text', text: JSON.stringify(value) }
      : { kind: 'sensitive' };
  }
  if (typeof value === 'number') return { kind: 'text', text: String(value) };
  if (typeof value === 'string') return shownText(value, attribute, masking);
  return linesOf(new JsonPrinter(masking, type, path).items(side));
}

function shownText(text: string, { type, path }: ShownAttribute, masking: Masking): ShownValue {
  if (text === '') return { kind: 'text', text: '""' };
  const json = new JsonPrinter(masking, type, path).text(text);
  if (json) return linesOf(json);
  if (!/[\r\n]/.test(text)) return oneLine(maskedWord(text, masking));
  // A policy's remarks say who may do what, and why.
  const lines = maskedText(text, masking, { hasRemarks: type === 'vault_policy' && path[0] === 'policy' });
  return lines === undefined ? { kind: 'sensitive' } : linesOf(lines);
}

function oneLine(text: string | undefined): ShownValue {
  // Nothing but a secret.
  if (text === undefined || (text.startsWith(SENSITIVE.slice(0, -1)) && /^\([^)]*\)$/.test(text)))
    return { kind: 'sensitive' };
  return { kind: 'text', text: printable(text) };
}

function linesOf(lines: readonly string[]): ShownValue {
  return { kind: 'lines', lines: lines.map(printable) };
}

/** A text of one line beside one of several is shown as those. */
function withSameKind(pair: ShownPair): ShownPair {
  const { before, after } = pair;
  if (before.kind === 'text' && after.kind === 'lines') return { before: asLines(before.text), after };
  if (before.kind === 'lines' && after.kind === 'text') return { before, after: asLines(after.text) };
  return pair;
}

/** The end of the last line is told where it alone differs. */
function withoutLastBreak(pair: ShownPair, before: PlanValue, after: PlanValue): ShownPair {
  const isEnded = ({ value }: PlanValue): boolean => typeof value !== 'string' || /^$|\n$/.test(value);
  if (!isEnded(before) || !isEnded(after)) return pair;
  const cut = (shown: ShownValue, { value }: PlanValue): ShownValue =>
    shown.kind === 'lines' && typeof value === 'string' && shown.lines.at(-1) === ''
      ? { kind: 'lines', lines: shown.lines.slice(0, -1) }
      : shown;
  return { before: cut(pair.before, before), after: cut(pair.after, after) };
}

function asLines(text: string): ShownValue {
  return { kind: 'lines', lines: text === '""' ? [] : [text] };
}

function clippedPair(pair: ShownPair): ShownPair {
  const { before, after } = pair;
  const [first, second] = [before, after].map((one) => (one.kind === 'lines' ? one.lines : []));
  const [left, right] = shownLines(first as readonly string[], second as readonly string[]);
  const [start, other] = shownTexts(before, after);
  return { before: withClipped(before, left, start), after: withClipped(after, right, other) };
}

function withClipped(value: ShownValue, lines: readonly string[], text: string): ShownValue {
  if (value.kind === 'lines') return { kind: 'lines', lines };
  return value.kind === 'text' ? { kind: 'text', text } : value;
}

/** Long texts from a little before where they differ. */
function shownTexts(before: ShownValue, after: ShownValue): readonly [string, string] {
  const [a, b] = [before, after].map((one) => (one.kind === 'text' ? one.text : '')) as [string, string];
  if (a.length <= LONGEST && b.length <= LONGEST) return [a, b];
  let at = 0;
  while (at < Math.min(a.length, b.length) && a[at] === b[at]) at += 1;
  const from = at < LONGEST / 2 ? 0 : at - 100;
  const cut = (text: string): string => `${from > 0 ? '…' : ''}${clipped(text.slice(from), LONGEST)}`;
  return [cut(a), cut(b)];
}

/** What differs must not look the same. */
function alike(before: PlanValue, after: PlanValue, pair: ShownPair, masking: Masking): ShownPair {
  const { before: a, after: b } = pair;
  if (a.kind === 'text' && b.kind === 'text' && a.text === b.text) {
    if (masking.hidden > 0 || typeof before.value === typeof after.value)
      return { before: a, after: { kind: 'text', text: `${b.text} ${DIFFERS}` } };
    const written = (one: PlanValue): ShownValue => ({
      kind: 'text',
      text: clipped(printable(JSON.stringify(one.value)), LONGEST),
    });
    return { before: written(before), after: written(after) };
  }
  if (a.kind === 'lines' && b.kind === 'lines' && isSameJson(a.lines, b.lines)) {
    return { before: a, after: { kind: 'lines', lines: [...b.lines, DIFFERS] } };
  }
  return pair;
}
