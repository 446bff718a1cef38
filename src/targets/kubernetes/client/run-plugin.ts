import { spawn } from 'node:child_process';

export interface PluginCall {
  readonly path: string;
  readonly args: readonly string[];
  /** All that it sees of the environment. */
  readonly variables: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly timeoutMs: number;
}

export type PluginEnd = { readonly kind: 'done'; readonly output: string } | { readonly kind: 'failed'; readonly problem: string };

const bytesMax = 1024 * 1024;

/**
 * Runs a program that gives credentials to its end, without a shell and without input.
 * Rule: past its time or its output it is killed with all that it has started. What it writes is never shown: it may be a credential.
 * Shape: never throws; a problem is a part of a sentence.
 */
export function runPlugin({ path, args, variables, folder, timeoutMs }: PluginCall): Promise<PluginEnd> {
  return new Promise((resolve) => {
    const child = spawn(path, [...args], { cwd: folder, env: { ...variables }, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    const chunks: Buffer[] = [];
    let size = 0;
    let problem: string | undefined;
    const stop = (why: string): void => {
      problem ??= why;
      killGroup(child.pid);
    };
    const timer = setTimeout(() => stop(`was not done after ${timeoutMs / 1000} s`), timeoutMs);
    const end = (failure: string | undefined): void => {
      clearTimeout(timer);
      const why = problem ?? failure;
      resolve(why === undefined ? { kind: 'done', output: Buffer.concat(chunks).toString('utf8') } : { kind: 'failed', problem: why });
    };
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > bytesMax) stop('wrote too much');
      else chunks.push(chunk);
    });
    child.on('error', () => end('cannot be started'));
    child.on('close', (code, killer) => end(code === 0 ? undefined : killer ? `was ended by ${killer}` : `ended with exit code ${code}`));
  });
}

/** Everything that it started belongs to its process group. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}
