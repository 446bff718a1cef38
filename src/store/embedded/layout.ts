import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** Where things lie in a data folder. */
export interface Layout {
  readonly dataDir: string;
  /** PostgreSQL's own folder. */
  readonly cluster: string;
  readonly password: string;
  readonly log: string;
  /** Held while the server is started or stopped. */
  readonly startLock: string;
  /** Shared by all processes that use the server. */
  readonly memberLock: string;
  /** In which container and machine the server was started. */
  readonly origin: string;
}

/** Prefix of the folders in which clusters are made before they get their name. */
export const stagingPrefix = 'postgres.new-';

/** Makes the data folder where it is absent; its path without symbolic links. */
export async function makeDataDir(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  return realpath(dataDir);
}

export function layOut(dataDir: string): Layout {
  return {
    dataDir,
    cluster: join(dataDir, 'postgres'),
    password: join(dataDir, 'postgres-password'),
    log: join(dataDir, 'postgres.log'),
    startLock: join(dataDir, 'postgres.lock'),
    memberLock: join(dataDir, 'postgres.members'),
    origin: join(dataDir, 'postgres.origin'),
  };
}
