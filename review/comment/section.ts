import { listed } from '../../policies/phrases';
import type { SaidOfSeveral } from './grouped-environments';
import { code } from './safe-markdown';

/** In which environments it is so. */
export function heading<T>({ environments, isSame }: SaidOfSeveral<T>): readonly string[] {
  const names = listed(environments.map(code));
  const [first = ''] = environments;
  const note = isSame
    ? []
    : [`_As it is called in ${code(first)}; the others differ in their names alone._`, ''];
  return [`**In ${names}**`, '', ...note];
}
