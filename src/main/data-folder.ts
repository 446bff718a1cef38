import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export interface DataFolder {
  readonly path: string;
  /** It is not there yet. */
  readonly isNew: boolean;
}

const name = '.tutti';

/**
 * Finds where tutti keeps its data.
 * Rule: what is configured; else the nearest `.tutti/` from the current folder upwards, no further than the root of
 * the Git repository; else `.tutti/` in the current folder (domain.md §11).
 */
export function findDataFolder(cwd: string, configured: string | undefined): DataFolder {
  if (configured !== undefined && configured !== '') {
    const path = resolve(cwd, configured);
    return { path, isNew: !existsSync(path) };
  }
  for (const folder of walkUp(cwd)) {
    const candidate = join(folder, name);
    if (existsSync(candidate)) return { path: candidate, isNew: false };
  }
  return { path: join(cwd, name), isNew: true };
}

/** The folder and those above it, as far as the root of its Git repository; outside of one just the folder. */
function walkUp(cwd: string): readonly string[] {
  const folders: string[] = [];
  let folder = resolve(cwd);
  for (;;) {
    folders.push(folder);
    if (existsSync(join(folder, '.git'))) return folders;
    const parent = dirname(folder);
    if (parent === folder) return [resolve(cwd)];
    folder = parent;
  }
}
