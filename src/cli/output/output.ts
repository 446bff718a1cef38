import type { Terminal } from '../host.ts';
import { createPaint, type Paint } from './paint.ts';

/** Where a command's words go: results to standard output, progress and remarks to standard error. */
export interface Output {
  readonly paint: Paint;
  /** Paint for standard error, which may be a terminal when standard output is none. */
  readonly notePaint: Paint;
  readonly isJson: boolean;
  readonly isInteractive: boolean;
  readonly columns: number;
  /** A line of progress or a remark: standard error. */
  note(line: string): void;
}

export interface OutputOptions {
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly isJson: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function createOutput(options: OutputOptions): Output {
  const { stdout, stderr, isJson, env } = options;
  return {
    paint: createPaint(wantsColor(stdout, env) && !isJson),
    notePaint: createPaint(wantsColor(stderr, env)),
    isJson,
    isInteractive: stdout.isTerminal && stderr.isTerminal && !isJson,
    columns: stdout.columns,
    note: (line) => stderr.write(`${line}\n`),
  };
}

/** NO_COLOR and FORCE_COLOR, as https://no-color.org says; else a terminal has colours and a file has none. */
function wantsColor(terminal: Terminal, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return terminal.isTerminal && env['TERM'] !== 'dumb';
}
