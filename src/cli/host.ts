import type { Client } from '../client/index.ts';

/** What the command line touches the world through; the composition root supplies it. */
export interface CliHost {
  /** Without the program's own name. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  /** The whole of standard input. */
  readonly readStdin: () => Promise<Uint8Array>;
  /** Asks whoever sits at the terminal; `undefined` where they give up. Absent where standard input is no terminal. */
  readonly prompt?: (question: Question) => Promise<string | undefined>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly version: string;
  readonly connect: (request: ConnectRequest) => Promise<Connection>;
  /** Runs until the signal; gives the exit code. */
  readonly serve: (options: ServeOptions) => Promise<number>;
  readonly start: (options: ServeOptions) => Promise<number>;
}

export interface Question {
  readonly message: string;
  /** What is typed is not shown. */
  readonly isSecret: boolean;
}

export interface Terminal {
  write(text: string): void;
  readonly isTerminal: boolean;
  readonly columns: number;
}

export interface ConnectRequest {
  /** `files`: nothing is remembered, so nothing is started. */
  readonly needs: 'files' | 'store';
  readonly server?: string;
  readonly token?: string;
  readonly dataDir?: string;
}

export interface Connection {
  readonly client: Client;
  /** Something worth a line: where the data folder was made, say. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly listen?: string;
  readonly dataDir?: string;
}
