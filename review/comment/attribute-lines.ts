import { clipped } from '../../policies/clipped';
import { counted } from '../../policies/phrases';
import { remembered } from '../remembered';
import type { AttributeChange, ShownValue } from '../resource-change';
import { differenceLines, lineDifference } from './line-difference';
import { code, fenced } from './safe-markdown';

/** Tells a provider to write what is kept nowhere. */
const WRITE_VERSION = /_wo_version$/;
/** Of one line of a difference, in characters. */
const LINE = 400;
const INDENT = '    ';

/**
 * One attribute below its resource: in one line, or line by line where it has several.
 *
 * @param isWhole whether the resource is new or goes away, so that there is nothing to compare with
 */
export function attributeLines(
  attribute: AttributeChange,
  most: number,
  isWhole: boolean,
): readonly string[] {
  const { name, before, after, forcesReplacement } = attribute;
  const mark = forcesReplacement ? ' (forces replacement)' : '';
  // It is put together of more than people count by, and says nothing but that it is another one.
  if (WRITE_VERSION.test(name)) return [`  - ${code(name)}${mark}: _${isWhole ? 'a' : 'another'} version_`];
  if (before.kind !== 'lines' && after.kind !== 'lines') {
    return [`  - ${code(name)}${mark}: ${inOneLine(before, after, isWhole)}`];
  }
  const all = differenceOf(attribute);
  const shown = all.length > most + 1 ? all.slice(0, most) : all;
  const more = all.length - shown.length;
  return [
    `  - ${code(name)}${mark}:`,
    '',
    ...fenced(
      'diff',
      shown.map((line) => clipped(line, LINE)),
    ).map((line) => `${INDENT}${line}`),
    ...(more > 0 ? ['', `${INDENT}and ${counted(more, 'more line')}`] : []),
    '',
  ];
}

/** Searched once, however often a comment is shortened. */
const differenceOf = remembered(({ before, after }: AttributeChange): readonly string[] => {
  const [from, to] = [linesOf(before), linesOf(after)];
  const lines = differenceLines(lineDifference(from, to));
  // What differs may be hidden; that it does is told all the same.
  return lines.length > 0 ? lines : ['  (differs in what is not shown)'];
});

/** Of one word of a list, as it is made printable. */
const NEW_LINE = '\\u{a}';

function linesOf(value: ShownValue): readonly string[] {
  if (value.kind === 'lines') return value.lines.flatMap((line) => line.split(NEW_LINE));
  return value.kind === 'absent' ? [] : [value.kind === 'text' ? value.text : `(${WORDS[value.kind]})`];
}

const WORDS = { sensitive: 'sensitive', unknown: 'known after apply' } as const;

function inOneLine(before: ShownValue, after: ShownValue, isWhole: boolean): string {
  if (before.kind === 'absent') return shown(after);
  if (isWhole && after.kind === 'absent') return shown(before);
  if (before.kind === 'sensitive' && after.kind === 'sensitive') return '_sensitive, changed_';
  return `${shown(before)} → ${after.kind === 'absent' ? '_nothing_' : shown(after)}`;
}

function shown(value: ShownValue): string {
  if (value.kind === 'text') return code(value.text);
  return value.kind === 'sensitive'
    ? '_sensitive_'
    : value.kind === 'unknown'
      ? '_known after apply_'
      : '_nothing_';
}
