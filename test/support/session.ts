import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { runCli, type CliHost } from '../../src/cli/index.ts';

/**
 * A story of commands with what they print, as text:
 *
 *     # A comment.
 *     $ copy examples/shop shop
 *     $ write note.txt
 *     | its lines
 *     $ tutti secret set KEY --env dev < the value
 *     Set the secret KEY, version 1. «rest»
 *     [exit 3]
 *
 * Standard output and standard error stand together, as a person sees them. `«name»` stands for any text within a line, a line `«lines»` for
 * any lines, also none. `[exit N]` ends the output of a command that does not end with 0.
 */
export interface Step {
  readonly kind: 'tutti' | 'copy' | 'write';
  readonly line: number;
  readonly words: readonly string[];
  readonly stdin: string;
  /** What is expected; of `write` what is written. */
  readonly text: string;
}

export function parseSession(text: string): readonly Step[] {
  const steps: Step[] = [];
  let body: string[] = [];
  const close = (): void => {
    const last = steps.pop();
    if (last) steps.push({ ...last, text: body.join('\n').replace(/\n+$/, '') });
    body = [];
  };
  for (const [index, line] of text.split('\n').entries()) {
    if (line.startsWith('# ')) continue;
    if (!line.startsWith('$ ')) {
      body.push(line.replace(/^\| ?/, ''));
      continue;
    }
    close();
    steps.push(parseStep(line, index + 1));
  }
  close();
  return steps;
}

function parseStep(line: string, number: number): Step {
  const [command = '', stdin = ''] = line.slice(2).split(' < ');
  const [kind, ...words] = splitWords(command);
  if (kind !== 'tutti' && kind !== 'copy' && kind !== 'write') throw new Error(`line ${number}: "${kind}" is no command of a session`);
  return { kind, line: number, words, stdin, text: '' };
}

/** Words between spaces; single quotes keep spaces. */
function splitWords(text: string): readonly string[] {
  return Array.from(text.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '');
}

export type World = Pick<CliHost, 'env' | 'connect' | 'signal' | 'version'>;

export interface SessionRequest {
  readonly steps: readonly Step[];
  /** Where commands run. */
  readonly folder: string;
  /** Where `copy` takes from. */
  readonly root: string;
  /** In the process or over HTTP: what connects decides. */
  readonly world: World;
}

export interface Mismatch {
  readonly line: number;
  readonly expected: string;
  readonly actual: string;
}

/** Plays a session; what was printed otherwise than expected comes back. */
export async function playSession(request: SessionRequest): Promise<readonly Mismatch[]> {
  const mismatches: Mismatch[] = [];
  for (const step of request.steps) {
    const actual = await playStep(step, request);
    if (actual !== undefined && !matchOutput(step.text, actual)) mismatches.push({ line: step.line, expected: step.text, actual });
  }
  return mismatches;
}

async function playStep(step: Step, { folder, root, world }: SessionRequest): Promise<string | undefined> {
  const [first = '', second = ''] = step.words;
  if (step.kind === 'tutti') return runTutti(step, folder, world);
  const target = resolve(folder, step.kind === 'copy' ? second : first);
  if (step.kind === 'copy') await cp(join(root, first), target, { recursive: true });
  else {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, `${step.text}\n`);
  }
  return undefined;
}

async function runTutti({ words, stdin }: Step, cwd: string, world: World): Promise<string> {
  let output = '';
  const terminal = { isTerminal: false, columns: 100, write: (text: string): void => void (output += text) };
  const refuse = async (): Promise<number> => {
    throw new Error('a session starts no servers');
  };
  const exitCode = await runCli({
    ...world,
    argv: words,
    cwd,
    stdout: terminal,
    stderr: terminal,
    readStdin: async () => new TextEncoder().encode(stdin),
    serve: refuse,
    start: refuse,
  });
  return `${output.replace(/\n+$/, '')}${exitCode === 0 ? '' : `\n[exit ${exitCode}]`}`.replace(/^\n/, '');
}

/** Says whether an output is as expected. */
export function matchOutput(expected: string, actual: string): boolean {
  const pattern = expected
    .split('\n')
    .map((line) =>
      line === '«lines»'
        ? '(?:.*\n)*?'
        : `${line
            .split(/«[^»]*»/)
            .map(escapePattern)
            .join('.+?')}\n`,
    )
    .join('');
  return new RegExp(`^${pattern}$`, 'u').test(`${actual}\n`);
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
