export { findBinaries, type Binaries } from './embedded/binaries.ts';
export { openEmbedded, type EmbeddedOptions, type EmbeddedPostgres } from './embedded/open.ts';
export { claimServe, readServe, type ServeClaim, type ServeRecord } from './embedded/serve-claim.ts';
export { openWorkQueue, type QueueOptions } from './queue.ts';
export { openStore, type StoreOptions } from './open-store.ts';
export { loadOrMakeKey } from './secrets/key-file.ts';
