import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { SecretSink } from '../core/index.ts';

/**
 * A secret store that is a folder: for trying things out, and for tools that read secrets from files.
 * Rule: one file a version, mode 0600 in folders of mode 0700; a version that is there is never written again.
 */
export const directorySink: SecretSink = {
  type: 'directory',
  inputsSchema: { type: 'object', required: ['path'], properties: { path: { type: 'string' } } },
  write: async ({ inputs, baseDir }, entry) => {
    const { path: given } = inputs;
    const root = resolve(baseDir, typeof given === 'string' ? given : '.tutti/secret-store');
    const folder = join(root, ...entry.key.split('/').map(safeName));
    const path = join(folder, safeName(entry.version));
    if (await exists(path)) return;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    await writeFile(draft, entry.value, { mode: 0o600, flag: 'wx', flush: true });
    await rename(draft, path);
  },
};

/** A name that is a name: no separators, and neither `.` nor `..`. */
function safeName(name: string): string {
  const safe = name.replaceAll(/[^A-Za-z0-9._@#-]/g, '-');
  return /^\.+$/.test(safe) || safe === '' ? `-${safe}` : safe;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
