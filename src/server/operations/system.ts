import { succeed } from '../../core/index.ts';
import type { Handler } from './handler.ts';
import { onFiles } from './handler.ts';

export const handlers: readonly Handler[] = [onFiles('system.version', async ({ version }) => succeed({ version, api: 'v1' }))];
