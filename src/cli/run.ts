import type { Client } from '../client/index.ts';
import { exitCodes, type CommandCall, type CommandResult, type SourceTexts } from './command.ts';
import type { CliHost, Connection } from './host.ts';
import { optionOf } from './input/options.ts';
import { createOutput, type Output } from './output/output.ts';
import { printResult } from './output/print-result.ts';
import type { Parsed } from './program.ts';

type Call = Extract<Parsed, { kind: 'command' }>;

/**
 * Runs one command line and prints what came of it.
 * Rule: with `--json` standard output carries exactly one JSON document, and everything else goes to standard error.
 * Shape: the world as a host in; the exit code of domain.md §11 out; it never throws.
 */
export async function runCli(host: CliHost): Promise<number> {
  const output = createOutput({ ...host, isJson: asksForJson(host.argv) });
  const sources: SourceTexts = new Map();
  const result = await settleResult(host, output, sources);
  await printResult(result, { host, output, sources });
  return result.exitCode;
}

async function settleResult(host: CliHost, output: Output, sources: SourceTexts): Promise<CommandResult> {
  try {
    return await runLine(host, output, sources);
  } catch (error) {
    const { describeThrown } = await import('./output/describe-thrown.ts');
    return describeThrown(error, host);
  }
}

async function runLine(host: CliHost, output: Output, sources: SourceTexts): Promise<CommandResult> {
  const [{ parseArguments }, { commands }] = await Promise.all([import('./program.ts'), import('./commands.ts')]);
  const parsed = parseArguments(host.argv, { commands, version: host.version, columns: host.stdout.columns });
  if (parsed.kind === 'text')
    return { exitCode: exitCodes.done, diagnostics: [], data: { text: parsed.text }, text: parsed.text.trimEnd() };
  if (parsed.kind === 'usage') {
    const { describeUsage } = await import('./output/describe-thrown.ts');
    return describeUsage(parsed.detail);
  }
  return runCommand(parsed, { host, output, sources });
}

async function runCommand(parsed: Call, world: Pick<CommandCall, 'host' | 'output' | 'sources'>): Promise<CommandResult> {
  const { spec, parameters, options } = parsed;
  const connections = new Map<string, Connection>();
  const client = async (needs: 'files' | 'store'): Promise<Client> => {
    const known = connections.get('store') ?? connections.get(needs);
    if (known) return known.client;
    const opened = await openConnection(parsed, needs, world);
    connections.set(needs, opened);
    return opened.client;
  };
  try {
    const { run } = await spec.load();
    return await run({ ...world, parameters, options, client });
  } finally {
    for (const connection of connections.values()) await connection.close();
  }
}

async function openConnection(
  parsed: Call,
  needs: 'files' | 'store',
  { host, output }: Pick<CommandCall, 'host' | 'output'>,
): Promise<Connection> {
  const server = optionOf(parsed, 'server');
  const dataDir = optionOf(parsed, 'data-dir');
  const connection = await host.connect({ needs, ...(server !== undefined && { server }), ...(dataDir !== undefined && { dataDir }) });
  for (const note of connection.notes) output.note(output.notePaint.faint(note));
  return connection;
}

/** Before parsing, since what is wrong with the line shall come as JSON, too. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end === -1 ? argv.length : end).includes('--json');
}
