import { API_KEY } from '../../policies/secret-text';
import { mayNameASecret } from '../secret-names';
import { type Masking, SENSITIVE } from './masking';
import { isSecretValue } from './secret-attributes';

const FLAG = /(^|[\s"'`(])(--?)([A-Za-z][\w-]{0,127})([ \t]+)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s]+)/g;
const ELEMENT = /<([A-Za-z_][\w.-]{0,127})>([^<]+)/g;

/** Where names and values have no sign between them. What a value begins with comes first, which is faster. */
const SPACED: readonly RegExp[] = [
  // curl and its like.
  /(?=\S)(?<=(?:^|\s)(?:-u|--user)[ =]+[^\s:]{1,100}:)\S+/g,
  // SQL.
  /(?=')(?<=\b(?:password|identified by|identified with \w{1,50} by)\s+)'(?:[^'\\]|\\.|'')*'/gi,
  // Redis, and files for logging in.
  /(?=\S)(?<=^\s{0,100}(?:requirepass|masterauth|password|passwd|token|secret)\s{1,100})[^\s=:({].*$/gi,
  /(?=\S)(?<=[>#])(?<=^\s{0,100}user\s.*)\S+/gi,
  /(?=\S)(?<=\blogin\s{1,100}\S{1,100}\s{1,100}password\s{1,100})\S+/gi,
];

/** A line with marks in place of what follows a secret's name as words of a command or of a configuration do. */
export function withoutFlags(line: string, masking: Masking): string {
  const flags = line.replace(
    FLAG,
    (all, before: string, dashes: string, name: string, blank: string, value: string) => {
      if (value.startsWith('-') || !mayNameASecret(name) || !isSecretValue(value)) return all;
      return `${before}${dashes}${name}${blank}${masking.hide(name, value)}`;
    },
  );
  const elements = flags.replace(ELEMENT, (all, name: string, value: string) =>
    mayNameASecret(name) && isSecretValue(value) ? `<${name}>${masking.hide(name, value)}` : all,
  );
  return without(elements, SPACED, 'word', masking);
}

/** Up to the last `@`, since a password may hold one. Digits alone are a port. */
const URL_PASSWORD = /(?<=\b[a-z][a-z0-9+.-]{0,31}:\/\/[^/?#[\s:@]*:)(?!\d{1,5}(?:[/?#,"']|$))\S+(?=@)/gi;
const URL_TOKEN = /(?<=\b[a-z][a-z0-9+.-]{0,31}:\/\/)[^\s/?#@:]{16,}(?=@)/gi;

/** What nobody writes by chance. */
const TOKENS: readonly RegExp[] = [
  /(?<![\w.])hv[sbr]\.[\w-]{8,}/g,
  /(?<![\w.-])[sb]\.[A-Za-z0-9_-]{22,}/g,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?/g,
  new RegExp(`${API_KEY.source}|(?<![\\w-])AGE-SECRET-KEY-1[A-Z0-9]+`, 'g'),
  // Hashes of passwords, which can be tried out.
  /\$(?:apr1|1|2[abxy]|5|6|y|argon2\w{1,2})\$[\w./$=,+-]{8,}/g,
  /\bhooks\.slack\.com\/[\w./-]{8,}/g,
];

const FORMS: readonly RegExp[] = [
  ...TOKENS,
  // A share of a key, or a key of 32 bytes.
  /(?<![\w+/=])[A-Za-z0-9+/]{43}=(?![\w+/=])/g,
  /(?=\S)(?<=\b(?:Bearer|Basic)[ \t]{1,100})[\w.~+/=-]{8,}/g,
];

/** A line with marks in place of what is a secret by its form, whatever it is called. */
export function withoutForms(line: string, masking: Masking): string {
  const urls = line.includes('://') ? without(line, [URL_PASSWORD, URL_TOKEN], 'url', masking) : line;
  return without(urls, FORMS, 'form', masking);
}

/** Faster than all of them, which most texts have none of. */
const MAYBE_TOKEN = new RegExp(
  `hv[sbr]\\.|(?<![\\w.-])[sb]\\.[\\w-]{22}|eyJ|${API_KEY.source}|AGE-SECRET|\\$(?:apr1|1|2[abxy]|5|6|y|argon2\\w{1,2})\\$|hooks\\.slack`,
);

/**
 * A text with marks in place of tokens and keys, wherever they stand: a path of a policy, a name, a key of `for_each`, or a
 * sentence that quotes one of these may hold one as well as a value.
 */
export function withoutTokens(text: string): string {
  if (!MAYBE_TOKEN.test(text)) return text;
  return TOKENS.reduce((found, pattern) => found.replace(pattern, SENSITIVE), text);
}

function without(line: string, patterns: readonly RegExp[], label: string, masking: Masking): string {
  return patterns.reduce(
    (text, pattern) =>
      text.replace(pattern, (secret) =>
        secret.startsWith('(sensitive value') ? secret : masking.hide(label, secret),
      ),
    line,
  );
}
