/** Time and chance, which the core never has by itself. */
export interface Clock {
  /** ISO 8601, UTC. */
  now(): string;
}

export interface RandomSource {
  /** Lower-case hex of as many random bytes. */
  hex(bytes: number): string;
}
