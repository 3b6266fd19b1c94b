import type { IConstruct } from 'constructs';
import { credentialIn, namesASecret } from '../policies/secret-text';
import { ValidationError } from './validation-error';

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
  const what = credentialIn(value);
  if (what === undefined) return;
  throw new ValidationError(
    scope,
    `'${property}' must not hold a literal secret, got ${what} in '${name}'; ${remedy}`,
  );
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
