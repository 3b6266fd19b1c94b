/** What a value of JSON is, for errors: its kind alone where it may be long. */
export function kindOfJson(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'a text';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
