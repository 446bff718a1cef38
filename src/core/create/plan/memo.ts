export type Memo<K extends object, V> = (key: K, parts: readonly unknown[], make: () => V) => V;

/**
 * Makes a memory of one answer per object, good for as long as everything else it was made from is identical.
 * Rule: core data is never changed in place, so the same object is the same content; the memory holds no key alive.
 */
export function createMemo<K extends object, V>(): Memo<K, V> {
  const answers = new WeakMap<K, { readonly parts: readonly unknown[]; readonly value: V }>();
  return (key, parts, make) => {
    const known = answers.get(key);
    if (known && isIdentical(known.parts, parts)) return known.value;
    const value = make();
    answers.set(key, { parts, value });
    return value;
  };
}

/** Says whether two lists have identical elements. */
export function isIdentical(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((each, index) => each === right[index]);
}
