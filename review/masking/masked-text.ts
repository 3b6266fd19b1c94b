import { credentialIn } from '../../policies/secret-text';
import { mayNameASecret } from '../secret-names';
import { type Masking, withoutPlaceholders } from './masking';
import { isSecretValue } from './secret-attributes';
import { withoutFlags, withoutForms } from './secret-forms';

/** Longer ones are looked at by nobody; in characters. */
const LONGEST_TEXT = 512 * 1024;
const LONGEST_LINE = 2000;

/** What a text says without its secrets; nothing where they cannot be taken out of it one by one. */
export type MaskedText = readonly string[] | undefined;

export interface TextOptions {
  /** Whether a line that begins with `#` is for people, and no setting. @default false */
  readonly hasRemarks?: boolean;
}

/** The lines of a text, with marks in place of secrets: by the names before them and by their forms. */
export function maskedText(
  text: string,
  masking: Masking,
  { hasRemarks = false }: TextOptions = {},
): MaskedText {
  if (text.length > LONGEST_TEXT) return [masking.long(text)];
  if (masking.known.isHarmless(text)) return text.split('\n');
  const lines = linesOf(text, masking, hasRemarks);
  // It may hold a mark of its own, and what was passed over as a remark is elsewhere none.
  if (!hasRemarks && lines?.join('\n') === text && !text.includes('(sensitive')) masking.known.remember(text);
  return lines;
}

function linesOf(text: string, masking: Masking, hasRemarks: boolean): MaskedText {
  const known = masking.known.without(text, (secret) => masking.hide('known', secret));
  const unkeyed = withoutPrivateKeys(known, masking);
  if (unkeyed === undefined) return undefined;
  const lines: string[] = [];
  for (const line of unkeyed.split('\n')) {
    const masked = maskedLine(line, masking, hasRemarks && /^\s*#/.test(line));
    if (masked === undefined) return undefined;
    lines.push(masked);
  }
  return lines.some((line) => hasCredential(line)) ? undefined : lines;
}

/** As {@link maskedText}, where a text is one word of a list such as the variables of a container. */
export function maskedWord(word: string, masking: Masking): string | undefined {
  const [, name, value] = /^-{0,2}([A-Za-z_][\w.-]*)=(.*)$/s.exec(word) ?? [];
  if (name !== undefined && value !== undefined && mayNameASecret(name) && isSecretValue(value)) {
    return `${word.slice(0, word.length - value.length)}${masking.hide(name, value)}`;
  }
  const lines = maskedText(word, masking);
  return lines?.join('\n');
}

/** A word such as `--password` that tells that the next one is secret. */
export function isSecretFlag(word: string): boolean {
  const [, name] = /^--?([A-Za-z][\w-]*)$/.exec(word) ?? [];
  return name !== undefined && mayNameASecret(name);
}

const KEY = /-----BEGIN [A-Z ]*PRIVATE KEY[A-Z ]*-----.*?-----END [A-Z ]*PRIVATE KEY[A-Z ]*-----/gs;

function withoutPrivateKeys(text: string, masking: Masking): string | undefined {
  if (!text.includes('PRIVATE KEY')) return text;
  const masked = text.replace(KEY, (key) => masking.hide('private key', key));
  return masked.includes('PRIVATE KEY') ? undefined : masked;
}

function maskedLine(line: string, masking: Masking, isRemark: boolean): string | undefined {
  if (line.length > LONGEST_LINE) return masking.long(line);
  const named = isRemark ? line : withoutNamed(line, masking);
  return named === undefined
    ? undefined
    : withoutForms(isRemark ? named : withoutFlags(named, masking), masking);
}

// Inside of a text in quotes these have a backslash.
const NAME = /(\\{0,4}["'`]?)([A-Za-z_][\w.-]{0,127})\1[ \t]*(=>|:=|=(?!=)|:(?!=))[ \t]*/g;
/** A value that ends in its line: in quotes, or a list or an object without others in it. */
const WHOLE = /^("(?:[^"\\]|\\.)*"|'[^']*'|\[[^[\]]*\]|\{[^{}]*\})(?=[\s,;})\]]|$)/;
/** The value goes on in the next line, so that this line does not tell where it ends. */
const OPEN = /^(<<|\|[+-]?\s*$|>[+-]?\s*$|[[{(]|["'`](?!.*["'`]))|\\$/;

/** @returns nothing where a secret does not end in its line */
function withoutNamed(line: string, masking: Masking): string | undefined {
  let masked = '';
  let from = 0;
  NAME.lastIndex = 0;
  for (let found = NAME.exec(line); found; found = NAME.exec(line)) {
    const [, , name = ''] = found;
    if (!mayNameASecret(name)) {
      // The value may be a setting itself, as in a quoted command.
      NAME.lastIndex = found.index + found[0].length;
      continue;
    }
    const start = found.index + found[0].length;
    const rest = line.slice(start);
    // Of YAML: what it is stands below.
    if (rest.trim() === '' && found[3] === ':') return undefined;
    const [whole] = WHOLE.exec(rest) ?? [];
    const value = whole ?? rest;
    if (isSecretValue(value.replace(/[,;]\s*$/, ''))) {
      if (whole === undefined && OPEN.test(value.trim())) return undefined;
      masked += `${line.slice(from, start)}${masking.hide(name, value)}`;
      from = start + value.length;
    }
    NAME.lastIndex = start + value.length;
  }
  return `${masked}${line.slice(from)}`;
}

function hasCredential(line: string): boolean {
  return credentialIn(withoutPlaceholders(line)) !== undefined;
}
