import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { diagnose, type Diagnostic } from '../../core/index.ts';
import type { CommandCall } from '../command.ts';

export interface NewFile {
  /** Relative to the folder. */
  readonly file: string;
  readonly text: string;
}

type Write = (path: string, text: string) => Promise<void>;

/**
 * Writes rendered files into a folder, which is made where it is absent. All of mode 0600: among them are Secrets.
 * Reports: T9010, for the first file that cannot be written.
 */
export async function writeFiles(
  folder: string,
  files: readonly NewFile[],
  call: Pick<CommandCall, 'host'>,
): Promise<readonly Diagnostic[]> {
  return writeEach({ folder, files, call }, async (path, text) => {
    await writeFile(path, text, { mode: 0o600 });
    // The mode above is that of a new file only.
    await chmod(path, 0o600);
  });
}

/**
 * Writes files that are not there yet into a folder.
 * Reports: T9010, also for one that came to be in the meantime.
 */
export async function createFiles(
  folder: string,
  files: readonly NewFile[],
  call: Pick<CommandCall, 'host'>,
): Promise<readonly Diagnostic[]> {
  return writeEach({ folder, files, call }, (path, text) => writeFile(path, text, { flag: 'wx' }));
}

interface Writing {
  readonly folder: string;
  readonly files: readonly NewFile[];
  readonly call: Pick<CommandCall, 'host'>;
}

async function writeEach({ folder, files, call }: Writing, write: Write): Promise<readonly Diagnostic[]> {
  const root = resolve(call.host.cwd, folder);
  const made = new Set<string>();
  for (const { file, text } of files) {
    const path = resolve(root, file);
    // A server says what the files are called.
    if (!path.startsWith(root.endsWith(sep) ? root : root + sep))
      return [diagnose('T9010', { detail: `"${file}" would lie outside "${folder}".` })];
    try {
      await makeFolder(dirname(path), made);
      await write(path, text);
    } catch (error) {
      return [diagnose('T9010', { detail: `"${folder}/${file}": ${error instanceof Error ? error.message : String(error)}` })];
    }
  }
  return [];
}

async function makeFolder(folder: string, made: Set<string>): Promise<void> {
  if (made.has(folder)) return;
  await mkdir(folder, { recursive: true });
  made.add(folder);
}
