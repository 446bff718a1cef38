import type { OperationOutput } from '../../client/index.ts';
import type { CommandCall } from '../command.ts';
import { harmless, type Paint } from './paint.ts';

type Line = OperationOutput<'runtime.logs'>;

/** Neighbours of other instances are told apart by their colours. */
const shades: readonly (keyof Paint)[] = ['accent', 'good', 'warn', 'strong'];

/**
 * Prints lines of containers on standard output, each with its instance and container before it.
 * Shape: with `--json`, where lines are followed, a JSON document a line (the last one is the result); with `isPlain` the text alone.
 */
export function createLinePrinter({ host, output }: CommandCall, { isPlain }: { readonly isPlain: boolean }): (line: Line) => void {
  const colours = new Map<string, keyof Paint>();
  return (line) => {
    if (output.isJson) {
      const { sequence: _s, type: _t, ...shown } = line;
      host.stdout.write(`${JSON.stringify(shown)}\n`);
      return;
    }
    const name = `${line.instance}/${line.container}`;
    const colour = colours.get(name) ?? shades[colours.size % shades.length] ?? 'accent';
    colours.set(name, colour);
    const prefix = isPlain ? '' : `${output.paint[colour](harmless(name))}  `;
    host.stdout.write(`${prefix}${harmless(line.text)}\n`);
  };
}
