import type { KnownParts, Outcome, Patcher, Platform, Store } from '../core/index.ts';
import type { DriverLoaders, Engine, FilesRequest, TargetLoaders } from '../engine/index.ts';

/** All that the operations touch the world through; the composition root supplies it. */
export interface Services {
  readonly version: string;
  readonly files: FileServices;
  /** What is kept; opened when an operation first needs it. */
  readonly records: () => Promise<Outcome<RecordServices>>;
  /** A number for a failure of ours, by which it is found in the log. */
  readonly makeId: () => string;
  readonly logFailure: (failure: { readonly id: string; readonly operation: string; readonly error: unknown }) => void;
}

/** What operations on files need: nothing is kept. */
export interface FileServices {
  /** Inputs of all drivers and targets at hand, that platform configuration is held against. */
  /** What the platform can be held against, as far as it uses it. */
  readonly knownParts: (platform: Platform) => Promise<KnownParts>;
  readonly drivers: DriverLoaders;
  readonly targets: TargetLoaders;
  readonly patcher: () => Promise<Patcher>;
  /** What templates take for the time, ISO 8601. */
  readonly now: () => string;
  /** Derives generated values from a seed; without one, from that of this installation, which may have to be made first. */
  readonly deriveSeeds: (seed: string | undefined) => Promise<Outcome<FilesRequest['seeds']>>;
}

/** What is kept, and the engine that changes it. */
export interface RecordServices {
  readonly store: Store;
  readonly engine: Pick<Engine, 'plan' | 'deploy' | 'resume' | 'importState' | 'look' | 'observe' | 'openRuntime' | 'takesOver'>;
  /** The platform of a release with the built-in one behind it; the same object for the same number. */
  readonly loadPlatform: (release: number) => Promise<Platform>;
}
