import type { CodeEntry } from './entry.ts';

export const plan = {} as const satisfies Record<string, CodeEntry>;
