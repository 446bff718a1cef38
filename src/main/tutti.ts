import { readFileSync } from 'node:fs';
import { runCli, type CliHost, type Question, type ServeOptions, type Terminal } from '../cli/index.ts';
import type { ConnectOptions } from './connect.ts';
import { packageRoot } from './package-root.ts';

const interruptedCode = 130;

function readVersion(): string {
  const text = readFileSync(new URL('package.json', packageRoot), 'utf8');
  const found = /"version":\s*"([^"]+)"/.exec(text);
  return found?.[1] ?? 'unknown';
}

function openTerminal(stream: NodeJS.WriteStream): Terminal {
  return {
    write: (text) => {
      stream.write(text);
    },
    isTerminal: stream.isTTY ?? false,
    columns: stream.columns ?? 100,
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** The first Ctrl-C asks for an orderly end, the second ends at once. */
function watchSignals(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(interruptedCode);
    controller.abort(new DOMException('interrupted', 'AbortError'));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  return controller.signal;
}

function openHost(): CliHost {
  const version = readVersion();
  const signal = watchSignals();
  const stderr = openTerminal(process.stderr);
  const options: ConnectOptions = {
    cwd: process.cwd(),
    env: process.env,
    version,
    signal,
    note: (line) => stderr.write(`${line}\n`),
  };
  const stdout = openTerminal(process.stdout);
  const print = (line: string): void => stdout.write(`${line}\n`);
  return {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    stdout,
    stderr,
    readStdin,
    signal,
    version,
    connect: async (request) => (await import('./connect.ts')).connect(request, options),
    ...(process.stdin.isTTY && { prompt: async (question: Question) => (await import('./prompt.ts')).prompt(question, signal) }),
    serve: async (serveOptions: ServeOptions) => (await import('./serve.ts')).serve(serveOptions, { ...options, print }),
    start: async (serveOptions: ServeOptions) => (await import('./demo/start.ts')).start(serveOptions, { ...options, print }),
  };
}

// A reader that went away (`tutti … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(openHost());
