import type { IConstruct } from 'constructs';
import { refuseDerivedVariables } from './environment-contract';
import { refuseLiteralSecret } from './literal-secrets';

/** Checks the variables that a declaration sets itself: none of those that are derived, and no literal secret. */
export function checkEnvironment(
  scope: IConstruct,
  environment: Readonly<Record<string, string>>,
  remedy: string,
): void {
  refuseDerivedVariables(scope, Object.keys(environment));
  for (const [name, value] of Object.entries(environment)) {
    refuseLiteralSecret(scope, 'environment', name, value, remedy);
  }
}
