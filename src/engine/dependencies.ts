import type { Clock, Driver, Patcher, Platform, RandomSource, SecretSink, Store, Target, TargetType, WorkQueue } from '../core/index.ts';

/** Everything that the engine touches the world through. */
export interface EngineDependencies {
  readonly store: Store;
  readonly drivers: DriverLoaders;
  readonly targets: TargetLoaders;
  readonly secretStores: SecretSinkLoaders;
  /** Loaded where the platform has patch templates. */
  readonly patcher: () => Promise<Patcher>;
  /** The platform of a release, with the built-in one behind it; the same object for the same number. */
  readonly loadPlatform: (release: number) => Promise<Platform>;
  readonly clock: Clock;
  readonly random: RandomSource;
  /** Relative paths of targets start here. */
  readonly baseDir: string;
  /** Names this process among those that share the store. */
  readonly holder: string;
  /** Of a process that serves: what is accepted goes into it, and whoever serves takes it from there. Without it a process carries out its own. */
  readonly queue?: WorkQueue;
}

/** By name; each is loaded when it is first needed. */
export type DriverLoaders = Readonly<Record<string, () => Promise<Driver>>>;

export type TargetLoaders = Readonly<Partial<Record<TargetType, () => Promise<Target>>>>;

/** By type. */
export type SecretSinkLoaders = Readonly<Record<string, () => Promise<SecretSink>>>;
