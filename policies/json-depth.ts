/** How deep lists and objects of a stack may be in each other. What Terraform's providers take is not 20 deep. */
const DEEPEST = 100;

/**
 * Whether JSON is so deep that a function which calls itself for each level would come to an end of its stack. Parsing
 * it does not.
 */
export function isTooDeep(json: unknown, levels = DEEPEST): boolean {
  if (levels < 0) return true;
  if (typeof json !== 'object' || json === null) return false;
  if (Array.isArray(json)) return json.some((one) => isTooDeep(one, levels - 1));
  // A stack has a million keys: no list of them is made.
  for (const key in json) {
    if (isTooDeep((json as Readonly<Record<string, unknown>>)[key], levels - 1)) return true;
  }
  return false;
}
