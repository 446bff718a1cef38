import type { Terminal } from '../host.ts';
import { harmless, type Paint } from './paint.ts';

export interface Progress {
  /** The deployment entered a phase; told with the first step in it, for a phase without steps did nothing. */
  phase(status: string): void;
  step(step: StepLine): void;
  /** Takes away what is only shown meanwhile. */
  end(): void;
}

export interface StepLine {
  readonly name: string;
  /** `running`, `done`, `failed`, `skipped`. */
  readonly status: string;
  readonly detail?: string;
}

const escape = String.fromCodePoint(0x1b);
const liveCountMax = 8;
/** Some terminals say that they have no columns. */
const columnsMin = 20;

/**
 * Shows the progress of a deployment.
 * Rule: what has ended is a line that stays; on a terminal what runs is shown below it and drawn anew, elsewhere only ends are told, so that
 * a log of CI has one line a step.
 */
export function createProgress(terminal: Terminal, paint: Paint): Progress {
  const running = new Map<string, string>();
  let drawn = 0;
  let heading: string | undefined;
  const draw = (lines: readonly string[]): void => {
    const clear = drawn === 0 ? '' : `${escape}[${drawn}A${escape}[0J`;
    const live = terminal.isTerminal ? describeRunning([...running.values()], terminal.columns).map(paint.faint) : [];
    drawn = live.length;
    const all = [...(heading === undefined ? [] : [paint.strong(heading)]), ...lines, ...live];
    heading = undefined;
    if (clear !== '' || all.length > 0) terminal.write(clear + all.map((line) => `${line}\n`).join(''));
  };
  return {
    phase: (status) => {
      heading = phases[status] ?? heading;
    },
    step: (step) => {
      if (step.status === 'running') running.set(step.name, step.name);
      else running.delete(step.name);
      draw(step.status === 'running' ? [] : [describeStep(step, paint)]);
    },
    end: () => {
      running.clear();
      heading = undefined;
      draw([]);
    },
  };
}

const phases: Readonly<Record<string, string>> = {
  provisioning: 'Provisioning',
  applying: 'Applying',
  verifying: 'Verifying',
};

function describeStep({ name, status, detail }: StepLine, paint: Paint): string {
  const words = `${name}${detail === undefined ? '' : `: ${detail}`}`;
  const line = harmless(words).replaceAll('\n', ' ');
  if (status === 'done') return `  ${paint.good('done')}     ${line}`;
  if (status === 'failed') return `  ${paint.bad('failed')}   ${line}`;
  return `  ${paint.warn(status.padEnd(8))} ${line}`;
}

function describeRunning(names: readonly string[], columns: number): readonly string[] {
  const shown = names.slice(0, liveCountMax).map((name) => cut(`  …        ${harmless(name)}`, columns));
  const rest = names.length - shown.length;
  return rest > 0 ? [...shown, `  … and ${rest} more`] : shown;
}

/** A line that wraps would take two lines away from what is drawn anew. */
function cut(text: string, columns: number): string {
  const characters = [...text];
  const width = columns < columnsMin ? 80 : columns;
  return characters.length < width ? text : `${characters.slice(0, width - 2).join('')}…`;
}
