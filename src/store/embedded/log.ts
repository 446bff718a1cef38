import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';

const logSizeBytesMax = 1024 * 1024;
const keptBytes = 64 * 1024;
const tailLines = 15;

/** The log of the server, open for a start. */
export interface ServerLog {
  readonly file: FileHandle;
  /** What was written since it was opened. */
  readonly readTail: () => Promise<string>;
}

/** Opens the log for appending; a large one is cut down to its end. */
export async function openLog(path: string): Promise<ServerLog> {
  const file = await open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
  const { size } = await file.stat();
  if (size > logSizeBytesMax) await keepEnd(file, size);
  const start = (await file.stat()).size;
  return { file, readTail: () => readFrom(path, start) };
}

async function keepEnd(file: FileHandle, size: number): Promise<void> {
  const end = Buffer.alloc(keptBytes);
  const { bytesRead } = await file.read(end, 0, keptBytes, size - keptBytes);
  await file.truncate(0);
  await file.write(end.subarray(0, bytesRead));
}

async function readFrom(path: string, start: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await stat(path);
    const from = Math.max(start, size - keptBytes);
    const bytes = Buffer.alloc(Math.max(0, size - from));
    await file.read(bytes, 0, bytes.length, from);
    return lastLines(bytes.toString('utf8'));
  } finally {
    await file.close();
  }
}

/** The last lines of a text that say something. */
export function lastLines(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-tailLines).join('\n');
}
