import type { IConstruct } from 'constructs';
import { ValidationError } from './validation-error';

// At the end of a word, as in PGPASSWORD.
const SECRET_WORD = /(passwords?|passwd|passphrase|pwd|secrets?|tokens?|credentials?)$/;
// Words that are harmless alone: a key is secret as an 'api key', not as a 'key prefix'.
const SECRET_KEYS = /(^|_)(api|access|private|master|encryption|signing|auth|application)_?key(s)?(_|$)/;
const HARMLESS_ENDINGS =
  /_(file|path|paths|dir|name|ttl|id|url|type|length|algorithm|version|mount|policy|header|enabled)$|(^|_)(max|min|num)_(\w+_)?tokens$/;

const CREDENTIAL_VALUES: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a URL with a password', /\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i],
  ['a Vault token', /^(hv[sbr]|[sbr])\.[A-Za-z0-9_-]{20,}$/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  [
    'an API key',
    /^(sk-[A-Za-z0-9-]{6,}|AKIA[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{20,}|xox[abprs]-[A-Za-z0-9-]{10,})/,
  ],
];

/** Whether a key or variable of this name holds a secret, judged by its words. */
export function namesASecret(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[-.]/g, '_');
  if (HARMLESS_ENDINGS.test(words)) return false;
  return words.split('_').some((word) => SECRET_WORD.test(word)) || SECRET_KEYS.test(words);
}

/**
 * Refuses a literal where a secret belongs: by the name of the field, and by what the value looks like.
 * The value itself is never repeated in the message.
 */
export function refuseLiteralSecret(
  scope: IConstruct,
  property: string,
  name: string,
  value: string,
  remedy: string,
): void {
  if (namesASecret(name)) {
    throw new ValidationError(
      scope,
      `'${property}' must not hold a literal, since '${name}' names a secret, got a string of ${value.length} characters; ${remedy}`,
    );
  }
  for (const [what, pattern] of CREDENTIAL_VALUES) {
    if (pattern.test(value)) {
      throw new ValidationError(
        scope,
        `'${property}' must not hold a literal secret, got ${what} in '${name}'; ${remedy}`,
      );
    }
  }
}
