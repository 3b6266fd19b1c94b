import { markedText } from '../policies/terraform-value';
import type { ResourceChange } from './resource-change';
import type { ReviewedEnvironment } from './reviewed-environment';

/**
 * Names of containers that an apply replaces, so that what runs in them ends and begins again, each once and in their order.
 *
 * @param after what is declared once the change is in; a container is called by its address where it is not known
 */
export function restartedContainers(
  changes: readonly ResourceChange[],
  after: ReviewedEnvironment | undefined,
): readonly string[] {
  const names = changes.filter(isReplaced).map(({ stack, address }) => {
    const declared = after?.blocks.find((one) => one.stack === stack && one.block.address === address);
    return (declared && markedText(declared.block.values.attribute(declared.block, 'name'))) ?? address;
  });
  return [...new Set(names)].sort();
}

/** A synth knows by the attributes alone that a change is a replacement. */
function isReplaced({ type, action, attributes }: ResourceChange): boolean {
  if (type !== 'docker_container') return false;
  return (
    action === 'replace' ||
    (action === 'update' && attributes.some(({ forcesReplacement }) => forcesReplacement))
  );
}
