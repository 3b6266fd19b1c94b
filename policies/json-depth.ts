/** How deep lists and objects of a stack may be in each other. What Terraform's providers take is not 20 deep. */
const DEEPEST = 100;

/**
 * Whether JSON is so deep that a function which calls itself for each level would come to an end of its stack. Parsing
 * it does not.
 */
export function isTooDeep(json: unknown): boolean {
  let level = [json];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth += 1) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return level.length > 0;
}
