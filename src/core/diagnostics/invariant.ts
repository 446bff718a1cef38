/** Thrown where tutti itself is wrong; never for what a user or the world did. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Throws when a condition that the code guarantees does not hold: a defect of ours. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** Marks a branch that an exhaustive switch can never reach. */
export function unreachable(value: never): never {
  throw new InvariantError(`unexpected ${JSON.stringify(value)}`);
}
