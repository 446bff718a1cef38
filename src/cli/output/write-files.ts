import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { diagnose, type Diagnostic } from '../../core/index.ts';
import type { CommandCall } from '../command.ts';

export interface NewFile {
  /** Relative to the folder. */
  readonly file: string;
  readonly text?: string;
  /** In place of text. */
  readonly base64?: string;
  /** In octal digits. */
  readonly mode?: string;
}

type Write = (path: string, file: NewFile) => Promise<void>;

const modeDefault = '0600';

/**
 * Writes rendered files into a folder, which is made where it is absent. Of mode 0600 unless they say otherwise: among them are Secrets.
 * Reports: T9010, for the first file that cannot be written.
 */
export async function writeFiles(
  folder: string,
  files: readonly NewFile[],
  call: Pick<CommandCall, 'host'>,
): Promise<readonly Diagnostic[]> {
  return writeEach({ folder, files, call }, async (path, file) => {
    // Whoever wrote it can write it again.
    const mode = Number.parseInt(file.mode ?? modeDefault, 8) | 0o600;
    await writeFile(path, contentOf(file), { mode });
    // The mode above is that of a new file only.
    await chmod(path, mode);
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
  return writeEach({ folder, files, call }, (path, file) => writeFile(path, contentOf(file), { flag: 'wx' }));
}

function contentOf({ text, base64 }: NewFile): string | Buffer {
  return base64 === undefined ? (text ?? '') : Buffer.from(base64, 'base64');
}

interface Writing {
  readonly folder: string;
  readonly files: readonly NewFile[];
  readonly call: Pick<CommandCall, 'host'>;
}

async function writeEach({ folder, files, call }: Writing, write: Write): Promise<readonly Diagnostic[]> {
  const root = resolve(call.host.cwd, folder);
  const made = new Set<string>();
  for (const each of files) {
    const { file } = each;
    const path = resolve(root, file);
    // A server says what the files are called.
    if (!path.startsWith(root.endsWith(sep) ? root : root + sep))
      return [diagnose('T9010', { detail: `"${file}" would lie outside "${folder}".` })];
    try {
      await makeFolder(dirname(path), made);
      await write(path, each);
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
