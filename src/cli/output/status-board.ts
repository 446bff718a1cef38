import type { OperationOutput } from '../../client/index.ts';
import type { CommandCall } from '../command.ts';
import { showHealth } from './health.ts';
import { harmless } from './paint.ts';
import { describeStatus } from './status.ts';

type StatusEvent = OperationOutput<'runtime.watch'>;

const escape = String.fromCodePoint(0x1b);

/**
 * Shows how an environment changes.
 * Shape: on a terminal the whole status, drawn anew; elsewhere a line for each workload whose health has changed; with `--json` a document a line.
 */
export function createStatusBoard({ host, output }: CommandCall): (event: StatusEvent) => void {
  const last = new Map<string, string>();
  return ({ status, diagnostics }) => {
    if (output.isJson) {
      host.stdout.write(`${JSON.stringify({ ...status, diagnostics })}\n`);
      return;
    }
    const warnings = diagnostics.map(({ code, detail }) => output.paint.warn(harmless(`${code} ${detail}`)));
    if (output.isInteractive) {
      const text = [describeStatus(status, output), ...warnings].join('\n');
      host.stdout.write(`${escape}[H${escape}[2J${text}\n`);
      return;
    }
    const all = [{ name: 'environment', health: status.health }, ...status.workloads];
    for (const { name, health } of all.filter((each) => last.get(each.name) !== each.health)) {
      last.set(name, health);
      host.stdout.write(`${harmless(name)}  ${showHealth(health)}\n`);
    }
    for (const warning of warnings) output.note(warning);
  };
}
