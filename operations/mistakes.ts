import { didYouMean } from '../policies/nearest-name';
import { OperationError } from './operation-error';

/**
 * What somebody may type wrong. Everything of it ends with exit code 2.
 *
 * @param help where it is told what to type, such as `npm run access -- --help`
 */
export function mistakesOf(help: string) {
  const see = `see ${help}`;
  const mistake = (problem: string, remedy = see) => new OperationError([`${problem}; ${remedy}`], 2);
  return {
    mistake,

    /** @throws OperationError on a value that there is not, with the one that may be meant */
    oneOf<T extends string>(property: string, value: string, known: readonly T[]): T {
      const found = known.find((one) => one === value);
      if (found !== undefined) return found;
      throw mistake(
        `'${property}' must be one of ${known.join(', ')}, got '${value}'`,
        didYouMean(value, known, see),
      );
    },
  };
}
