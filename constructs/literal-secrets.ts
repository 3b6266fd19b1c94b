import type { IConstruct } from 'constructs';
import { ValidationError } from './validation-error';

const SECRET_WORD =
  /(passwords?\d*|passwd|passphrase|passkey|pwd|secrets?|secretkey|tokens?|credentials?|bearer)$|^(pg|db)?pass$/;
// Words that are harmless alone: a key is secret as an 'api key', not as a 'key prefix'.
const SECRET_KEYS =
  /(^|_)(api|access|private|master|encryption|signing|auth|application|jwt|fernet|ssh|account|subscription)_?keys?(_|$)/;
// What AppRole logs in with, in spite of its ending.
const SECRET_ID = /(^|_)secret_id$/;
const HARMLESS_ENDINGS =
  /_(file|path|paths|dir|name|ttl|id|url|type|length|algorithm|mount|policy|header|enabled)$|(^|_)(max|min|num)_(\w+_)?tokens$/;

// A password may hold what ends a host, so only digits before it are taken for a port.
const CREDENTIAL_VALUES: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a URL with a password', /\b[a-z][a-z0-9+.-]*:\/\/[^/?#[\s:@]*:(?!\d{1,5}([/?#,"']|$))[^\s@]+@/i],
  ['a connection string with a password', /(^|[;\s])(password|pwd)=["']?[^;\s$"']+/i],
  ['a Vault token', /^[sb]\.[A-Za-z0-9]{24}$|(?<![\w.])hv[sbr]\.[\w-]{20,}/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY/],
  ['a JSON web token', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./],
  [
    'an API key',
    /(?<![\w-])(sk[-_][\w-]{6,}|AKIA[A-Z0-9]{16}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20}|AIza[\w-]{35}|xox[abprs]-[\w-]{10,})/,
  ],
];

/** Whether a key or variable of this name holds a secret, judged by its words. */
export function namesASecret(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[-.]/g, '_');
  if (SECRET_ID.test(words)) return true;
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
  refuseCredential(scope, property, name, value, remedy);
}

/** Refuses a text that looks like a credential, or has one in it. */
export function refuseCredential(
  scope: IConstruct,
  property: string,
  name: string,
  value: string,
  remedy: string,
): void {
  for (const [what, pattern] of CREDENTIAL_VALUES) {
    if (pattern.test(value)) {
      throw new ValidationError(
        scope,
        `'${property}' must not hold a literal secret, got ${what} in '${name}'; ${remedy}`,
      );
    }
  }
}

/** Refuses credentials in the words of a command line: everybody who may list processes can read them. */
export function refuseSecretArguments(
  scope: IConstruct,
  property: string,
  argv: readonly string[],
  remedy: string,
): void {
  for (const word of argv) {
    const [, option, value] = /^--?([\w-]+)=([^$/].*)$/s.exec(word) ?? [];
    if (option && value) refuseLiteralSecret(scope, property, option, value, remedy);
    else refuseCredential(scope, property, 'a word of the command', word, remedy);
  }
}
