import type { IConstruct } from 'constructs';
import type { Violation } from '../policies/names';

/**
 * A declaration that cannot work. The message begins with the construct path and then has one shape:
 * the quoted property, the rule, the value got, the remedy.
 */
export class ValidationError extends Error {
  public constructor(scope: IConstruct, message: string) {
    super(`[${scope.node.path || 'app'}] ${message}`);
    this.name = 'ValidationError';
  }
}

/** Throws when a name breaks its rule. */
export function requireName(
  scope: IConstruct,
  property: string,
  got: string,
  rule: (name: string) => Violation | undefined,
): void {
  const violation = rule(got);
  if (violation) {
    throw new ValidationError(scope, `'${property}' ${violation.rule}, got '${got}'; ${violation.remedy}`);
  }
}

/** The error for something that was declared a second time. */
export function declaredTwice(
  scope: IConstruct,
  property: string,
  got: string,
  first: IConstruct,
  remedy: string,
): ValidationError {
  return new ValidationError(
    scope,
    `'${property}' must be unique, got '${got}', which '${first.node.path}' already declares; ${remedy}`,
  );
}
