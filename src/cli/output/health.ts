import { harmless } from './paint.ts';

/** Health as it is known: what was not looked at is never called healthy. */
export function describeHealth(health: string, nextCommand: string | undefined): readonly string[] {
  if (health !== 'not-observed') return [`Health: ${harmless(health)}`];
  const next = nextCommand === undefined ? [] : ['It runs once you run:', `  ${harmless(nextCommand)}`];
  return ['Health: not observed (the target cannot say what runs).', ...next];
}

/** `not-observed` as words. */
export function showHealth(health: string): string {
  return health === 'not-observed' ? 'not observed' : health;
}
