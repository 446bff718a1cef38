import { spawn } from 'node:child_process';
import { failWith } from './failure.ts';

const timeoutMs = 120_000;
const outputBytesMax = 512 * 1024 * 1024;
const messageLengthMax = 1_000;

export interface GitCall {
  /** Of the repository that git works in. */
  readonly gitDir: string;
  readonly args: readonly string[];
  readonly input?: string | Buffer | undefined;
  readonly signal: AbortSignal;
}

export interface GitResult {
  readonly code: number;
  readonly output: Buffer;
  /** What it said, in English. */
  readonly message: string;
}

// Whatever the user has configured stays in force where it is about access; nothing that runs programs in our repository does.
const settings = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.autocrlf=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'advice.detachedHead=false',
  'push.recurseSubmodules=no',
  'fetch.recurseSubmodules=no',
];

/**
 * Runs the system's git with an argument array, never a shell.
 * Rule: no variable of the environment that steers git is passed on; only the protocols file, https and ssh; nobody is asked for a password;
 * killed after two minutes.
 * Reports: T6104 where there is no git; everything else is in the result.
 */
export function runGit({ gitDir, args, input, signal }: GitCall): Promise<GitResult> {
  signal.throwIfAborted();
  const options = settings.flatMap((setting) => ['-c', setting]);
  const child = spawn('git', [`--git-dir=${gitDir}`, ...options, ...args], {
    env: makeEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    signal,
  });
  return new Promise((done, fail) => {
    const output: Buffer[] = [];
    let outputBytes = 0;
    let message = '';
    child.stdout.on('data', (chunk: Buffer) => {
      outputBytes += chunk.length;
      if (outputBytes > outputBytesMax) child.kill('SIGKILL');
      else output.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (message = (message + text).slice(-messageLengthMax)));
    // A git that ends early does not read its input to the end; its exit code says why.
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => fail(isMissing(error) ? failWith('T6104', 'There is no program `git` on the search path.') : error));
    child.on('close', (code) => done({ code: code ?? -1, output: Buffer.concat(output), message: tidy(message, code) }));
    child.stdin.end(input ?? '');
  });
}

function makeEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(GIT_|SSH_ASKPASS)/.test(name));
  return {
    ...Object.fromEntries(kept),
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'file:https:ssh',
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
  };
}

function isMissing(error: Error): boolean {
  return 'code' in error && error.code === 'ENOENT';
}

/** What git said, without addresses that hold a password. */
function tidy(message: string, code: number | null): string {
  const text = message.replaceAll(/:\/\/[^/@\s]*@/g, '://…@').trim();
  return code === null ? `${text} (it did not end in time)`.trim() : text;
}

/** Runs git where it must succeed. Reports: T6109. */
export async function mustRunGit(call: GitCall): Promise<Buffer> {
  const { code, output, message } = await runGit(call);
  if (code !== 0) throw failWith('T6109', `\`git ${call.args[0]}\` failed: ${message}`);
  return output;
}
