import type { CodeEntry } from './entry.ts';

export const store = {} as const satisfies Record<string, CodeEntry>;
