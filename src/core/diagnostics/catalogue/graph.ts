import type { CodeEntry } from './entry.ts';

export const graph = {} as const satisfies Record<string, CodeEntry>;
