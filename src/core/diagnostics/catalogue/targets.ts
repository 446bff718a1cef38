import type { CodeEntry } from './entry.ts';

export const targets = {} as const satisfies Record<string, CodeEntry>;
