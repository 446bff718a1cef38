import type { CodeEntry } from './entry.ts';

export const api = {} as const satisfies Record<string, CodeEntry>;
