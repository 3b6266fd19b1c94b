import type { Variables } from './machine';
import type { MissingValue } from './supplied';

/** What it is does not matter: a plan holds no value that people supply. */
const PLACEHOLDER = 'supplied by the deploy';

/** Variables with which Terraform plans what a deploy writes, without knowing the values. */
export function placeholders(missing: readonly MissingValue[]): Variables {
  return Object.fromEntries(
    missing.map(({ environmentVariable, isObject }) => [
      environmentVariable,
      isObject ? JSON.stringify({ placeholder: PLACEHOLDER }) : PLACEHOLDER,
    ]),
  );
}
