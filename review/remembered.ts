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
