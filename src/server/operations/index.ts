export type { Caller } from '../access.ts';
export type { FileServices, RecordServices, Services } from '../services.ts';
export { createInProcessFetch } from '../transport/in-process.ts';
