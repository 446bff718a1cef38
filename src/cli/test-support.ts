import type { Client } from '../client/index.ts';
import type { CliHost, Terminal } from './host.ts';

export interface RecordedTerminal extends Terminal {
  readonly text: () => string;
}

/** A terminal that remembers what was written. */
export function recordTerminal(parts: Partial<Pick<Terminal, 'isTerminal' | 'columns'>> = {}): RecordedTerminal {
  let written = '';
  return { isTerminal: false, columns: 100, ...parts, write: (text) => (written += text), text: () => written };
}

export interface RecordedHost extends CliHost {
  readonly stdout: RecordedTerminal;
  readonly stderr: RecordedTerminal;
  /** Operations that were called, with their inputs. */
  readonly calls: readonly { readonly id: string; readonly input: unknown }[];
}

export interface HostFacts {
  readonly argv?: readonly string[];
  readonly cwd?: string;
  readonly env?: CliHost['env'];
  readonly stdin?: string;
  readonly prompt?: CliHost['prompt'];
  readonly signal?: AbortSignal;
  /** Answers by operation id; of a stream its events. An error is thrown. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** A host whose API gives canned answers. */
export function makeHost(facts: HostFacts = {}): RecordedHost {
  const calls: { id: string; input: unknown }[] = [];
  const client = makeClient(facts.answers ?? {}, (id, input) => calls.push({ id, input }));
  return {
    argv: facts.argv ?? [],
    cwd: facts.cwd ?? '/nowhere',
    env: facts.env ?? {},
    stdout: recordTerminal(),
    stderr: recordTerminal(),
    readStdin: async () => new TextEncoder().encode(facts.stdin ?? ''),
    ...(facts.prompt && { prompt: facts.prompt }),
    signal: facts.signal ?? new AbortController().signal,
    version: '1.2.3',
    connect: async () => ({ client, notes: [], close: async () => undefined }),
    serve: async () => 0,
    start: async () => 0,
    calls,
  };
}

function makeClient(answers: Readonly<Record<string, unknown>>, record: (id: string, input: unknown) => void): Client {
  return {
    call: async (id, input) => {
      record(id, input);
      return readCanned(answers, id);
    },
    stream: async function* (id, input) {
      record(id, input);
      for (const event of readCanned(answers, id)) yield { ok: true, event };
    },
  };
}

/** Through JSON, as over HTTP; so it takes the type that the caller awaits. */
function readCanned(answers: Readonly<Record<string, unknown>>, id: string) {
  const canned = answers[id];
  if (canned instanceof Error) throw canned;
  if (canned === undefined) throw new Error(`the test has no answer for ${id}`);
  return JSON.parse(JSON.stringify(canned));
}

/** A successful answer. */
export function answer(data: unknown) {
  return { ok: true, data, diagnostics: [] };
}

/** A failed one. */
export function refuse(status: number, code: string, detail = 'why') {
  return { ok: false, status, code, diagnostics: [{ code, severity: 'error', summary: 'what', detail, related: [] }] };
}
