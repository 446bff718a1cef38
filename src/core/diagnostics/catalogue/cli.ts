import type { CodeEntry } from './entry.ts';

export const cli = {} as const satisfies Record<string, CodeEntry>;
