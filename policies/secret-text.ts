const SECRET_WORD =
  /(passwords?\d*|passwd|passphrase|passkey|pwd|secrets?|secretkey|tokens?|credentials?|bearer)$|^(pg|db)?pass$/;
// Words that are harmless alone: a key is secret as an 'api key', not as a 'key prefix'.
const SECRET_KEYS =
  /(^|_)(api|access|private|master|encryption|signing|auth|application|jwt|fernet|ssh|account|subscription)_?keys?(_|$)/;
// What AppRole logs in with, in spite of its ending.
const SECRET_ID = /(^|_)secret_id$/;
const HARMLESS_ENDINGS =
  /_(file|path|paths|dir|name|ttl|id|url|type|length|algorithm|mount|policy|header|enabled)$|(^|_)(max|min|num)_(\w+_)?tokens$/;

/** What services such as AWS, GitHub, GitLab, Google and Slack give out, which is known by how it begins. */
export const API_KEY =
  /(?<![\w-])(?:sk[-_][\w-]{6,}|AKIA[A-Z0-9]{16}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|AIza[\w-]{35}|xox[abprs]-[\w-]{10,})/;

// A password may hold what ends a host, so only digits before it are taken for a port. Of most texts is quickly told that
// they have not a part that is always the same.
const CREDENTIALS: readonly (readonly [what: string, pattern: RegExp, part?: string])[] = [
  ['a URL with a password', /\b[a-z][a-z0-9+.-]*:\/\/[^/?#[\s:@]*:(?!\d{1,5}([/?#,"']|$))[^\s@]+@/i, '://'],
  ['a connection string with a password', /(^|[;\s])(password|pwd)=["']?[^;\s$"']+/i],
  ['a Vault token', /^[sb]\.[A-Za-z0-9]{24}$|(?<![\w.])hv[sbr]\.[\w-]{20,}/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY/, '-----BEGIN '],
  ['a JSON web token', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./, '.eyJ'],
  ['an API key', API_KEY],
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
 * What a text looks like that has a credential in it, such as `a Vault token`.
 *
 * @returns nothing where it has none that is known by its form
 */
export function credentialIn(text: string): string | undefined {
  return CREDENTIALS.find(([, pattern, part = '']) => text.includes(part) && pattern.test(text))?.[0];
}
