import { printable } from '../../access/printable';
import { clipped } from '../../policies/clipped';
import { credentialIn } from '../../policies/secret-text';
import { SENSITIVE } from '../masking/masking';

/** Names of attributes, of blocks, and keys of maps; numbers are indices. */
export type AttributePath = readonly (string | number)[];

/** Keys of maps may be any text. */
const LONGEST_KEY = 200;

/** As Terraform writes it, but for a key that is a secret itself, such as `labels["com.example/team"]` or `capabilities[0].add`. */
export function attributeName(path: AttributePath): string {
  return path
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[A-Za-z_][\w-]{0,199}$/.test(step)) return `[${JSON.stringify(shownKey(step))}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join('');
}

function shownKey(key: string): string {
  return credentialIn(key.slice(0, LONGEST_KEY)) ? SENSITIVE : clipped(printable(key), LONGEST_KEY);
}

/** In the order of names, and of indices as numbers. */
export function comparePaths(a: AttributePath, b: AttributePath): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const [left, right] = [a[i] as string | number, b[i] as string | number];
    if (left === right) continue;
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    return String(left) < String(right) ? -1 : 1;
  }
  return a.length - b.length;
}

/**
 * Whether a resource is replaced for an attribute. Which attributes do that is a matter of the resource's type, so that
 * indices are no matter; of a set they are the provider's own.
 */
export function forcesReplacement(
  path: AttributePath,
  replacePaths: readonly (readonly unknown[])[],
): boolean {
  const names = path.filter((step) => typeof step === 'string');
  return replacePaths.some((one) => {
    const wanted = one.filter((step) => typeof step === 'string');
    return wanted.every((step, i) => i >= names.length || step === names[i]);
  });
}
