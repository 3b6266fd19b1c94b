/** Names are few, and the same come again and again. */
const MOST_TEXTS = 10_000;

/** Works out what belongs to a text once. */
export function rememberedByText<Result>(workOut: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as Result;
    const result = workOut(text);
    if (known.size < MOST_TEXTS) known.set(text, result);
    return result;
  };
}

/** Works out what belongs to an object once: many rules ask the same of it. */
export function remembered<Key extends object, Result>(workOut: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, Result>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before as Result;
    const result = workOut(key);
    known.set(key, result);
    return result;
  };
}
