import type { CodeEntry } from './entry.ts';

export const matching = {} as const satisfies Record<string, CodeEntry>;
