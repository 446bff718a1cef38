import { spawn } from 'node:child_process';
import type { AllowedPrograms } from './policy.ts';

export interface ProgramCall {
  readonly command: string;
  readonly args: readonly string[];
  readonly input: string;
  readonly signal: AbortSignal;
}

export type ProgramEnd =
  | { readonly kind: 'done'; readonly output: string; readonly errors: string }
  | { readonly kind: 'failed'; readonly problem: string; readonly errors: string };

/**
 * Runs a program to its end, without a shell.
 * Rule: it sees the variables of the policy and no others; past its time or its output it is killed with all that it has started.
 * Shape: never throws; what it wrote to standard error is given, whatever becomes of it.
 */
export function runProgram({ command, args, input, signal }: ProgramCall, policy: AllowedPrograms): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { cwd: policy.folder, env: { ...policy.variables }, stdio: 'pipe', detached: true });
    const output = gather(policy.outputBytesMax, () => stop('it wrote too much'));
    const errors = gather(policy.outputBytesMax, () => stop('it wrote too much to standard error'));
    let problem: string | undefined;
    const stop = (why: string): void => {
      problem ??= why;
      killGroup(child.pid);
    };
    const timer = setTimeout(() => stop(`it was not done after ${policy.timeoutMs / 1000} s`), policy.timeoutMs);
    const onAbort = (): void => stop('it was stopped');
    signal.addEventListener('abort', onAbort, { once: true });
    const end = (failure: string | undefined): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      const why = problem ?? failure;
      const texts = { errors: errors.text() };
      resolve(why === undefined ? { kind: 'done', output: output.text(), ...texts } : { kind: 'failed', problem: why, ...texts });
    };
    child.stdout.on('data', output.take);
    child.stderr.on('data', errors.take);
    // A program that does not read its input closes the pipe: that is its own affair.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => end(describeStart(error)));
    child.on('close', (code, killer) =>
      end(code === 0 ? undefined : killer ? `it was ended by ${killer}` : `it ended with exit code ${code}`),
    );
    if (signal.aborted) onAbort();
    child.stdin.end(input);
  });
}

function describeStart(error: Error): string {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such program';
  return code === 'EACCES' ? 'it may not be run' : `it cannot be started: ${error.message}`;
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

function gather(bytesMax: number, onTooMuch: () => void) {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    take: (chunk: Buffer): void => {
      size += chunk.length;
      if (size > bytesMax) onTooMuch();
      else chunks.push(chunk);
    },
    text: (): string => Buffer.concat(chunks).toString('utf8'),
  };
}
