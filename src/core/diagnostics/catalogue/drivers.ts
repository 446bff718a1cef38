import type { CodeEntry } from './entry.ts';

export const drivers = {} as const satisfies Record<string, CodeEntry>;
