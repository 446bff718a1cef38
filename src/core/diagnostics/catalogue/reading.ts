import type { CodeEntry } from './entry.ts';

export const reading = {} as const satisfies Record<string, CodeEntry>;
