import type { Diagnostic } from '../core/index.ts';
import type { Client } from '../client/index.ts';
import type { CliHost } from './host.ts';
import type { Output } from './output/output.ts';

/** One command, as data: help, completion and parsing are made of it. */
export interface CommandSpec {
  /** `['env', 'create']` is `tutti env create`. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly parameters?: readonly ParameterSpec[];
  readonly options?: readonly OptionSpec[];
  /** Shown under the help of the command. */
  readonly examples?: readonly string[];
  readonly needs: 'nothing' | 'files' | 'store';
  /** Left out of help and completion. */
  readonly isHidden?: true;
  /** Loaded when it is run: what a command needs costs the others nothing. */
  readonly load: () => Promise<CommandModule>;
}

export interface ParameterSpec {
  readonly name: string;
  readonly summary: string;
  readonly isOptional?: true;
  readonly isVariadic?: true;
  /** The only values that it takes. */
  readonly choices?: readonly string[];
}

export interface OptionSpec {
  /** `--env`, and what its value is called; without a value it is a switch. */
  readonly name: string;
  readonly value?: string;
  readonly summary: string;
  readonly isRepeated?: true;
  /** Understood, so that it can be refused with a reason; left out of help and completion. */
  readonly isHidden?: true;
}

export interface CommandModule {
  readonly run: (call: CommandCall) => Promise<CommandResult>;
}

export interface CommandCall {
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly options: OptionValues;
  readonly host: CliHost;
  readonly output: Output;
  /** Connects when it is first called; `store` where the operation needs what is kept. Asking for more than before connects anew. */
  readonly client: (needs: 'files' | 'store') => Promise<Client>;
  /** Texts that diagnostics may point into. */
  readonly sources: SourceTexts;
}

export interface OptionValues {
  readonly texts: Readonly<Record<string, readonly string[]>>;
  readonly switches: ReadonlySet<string>;
}

export type SourceTexts = Map<string, string>;

export interface CommandResult {
  readonly exitCode: ExitCode;
  readonly diagnostics: readonly Diagnostic[];
  /** What `--json` prints as `data`. */
  readonly data: unknown;
  /** What people read on standard output. */
  readonly text?: string;
}

/** domain.md §11. */
export const exitCodes = {
  done: 0,
  problem: 1,
  usage: 2,
  refused: 3,
  failed: 4,
  defect: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
