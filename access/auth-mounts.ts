import { Unknown, type Value } from '../policies/terraform-value';
import { withoutSlashes } from './declarations';

/** Where an auth method is mounted, as paths of other resources name it. */
export function mountPath(path: string): string {
  return withoutSlashes(path).replace(/^auth\//, '');
}

/**
 * The mount that an accessor is of. Vault makes accessors up, so only a reference tells.
 * @returns nothing where it is not known
 */
export function mountOfAccessor(accessor: Value | undefined): string | undefined {
  if (!(accessor instanceof Unknown)) return undefined;
  const { of } = accessor.known;
  if (of?.attribute !== 'accessor') return undefined;
  const path = of.block.values.attribute(of.block, 'path');
  return typeof path === 'string' ? mountPath(path) : undefined;
}

/** Whether two values will be the same: the same text, or the same attribute of the same block. */
export function isSameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a instanceof Unknown && b instanceof Unknown) {
    const [one, other] = [a.known.of, b.known.of];
    return !!one && !!other && one.block === other.block && one.attribute === other.attribute;
  }
  return typeof a === 'string' && a === b;
}
