import { describe, expect, test } from 'vitest';
import { diagnose } from '../../core/index.ts';
import { recordTerminal } from '../test-support.ts';
import { createOutput } from './output.ts';
import { createPaint, harmless } from './paint.ts';
import { countDiagnostics } from './diagnostics.ts';
import { createProgress } from './progress.ts';
import { formatTable } from './table.ts';

const paint = createPaint(false);

describe('a table', () => {
  test('has columns as wide as their widest cell, and no spaces at the ends of lines', () => {
    const table = formatTable(
      ['A', 'LONG', 'C'],
      [
        ['one', '1', ''],
        ['three', '22', 'x'],
      ],
      { paint },
    );
    expect(table).toBe('A      LONG  C\none    1\nthree  22    x');
  });

  test('shows escape sequences of cells instead of sending them', () => {
    expect(formatTable(['A'], [['\u001b[31mred']], { paint })).toBe('A\n\\u001b[31mred');
  });
});

describe('text of others', () => {
  test('keeps line breaks, tabs and letters of all languages', () => {
    expect(harmless('a\tb\nÄ 日本 😀')).toBe('a\tb\nÄ 日本 😀');
  });

  test('loses what a terminal would act on', () => {
    expect(harmless('\r\u001b]0;x\u0007\u009b\u202e')).toBe('\\u000d\\u001b]0;x\\u0007\\u009b\\u202e');
  });
});

describe('colours', () => {
  const paintedOn = (isTerminal: boolean, env: Readonly<Record<string, string>>): string => {
    const terminal = recordTerminal({ isTerminal });
    return createOutput({ stdout: terminal, stderr: terminal, isJson: false, env }).paint.good('x');
  };

  test('are for terminals', () => {
    expect(paintedOn(true, {})).not.toBe('x');
    expect(paintedOn(false, {})).toBe('x');
  });

  test('follow NO_COLOR, FORCE_COLOR and TERM', () => {
    expect(paintedOn(true, { NO_COLOR: '1' })).toBe('x');
    expect(paintedOn(false, { FORCE_COLOR: '1' })).not.toBe('x');
    expect(paintedOn(true, { TERM: 'dumb' })).toBe('x');
  });
});

describe('the progress of a deployment', () => {
  const show = (isTerminal: boolean): string => {
    const terminal = recordTerminal({ isTerminal });
    const progress = createProgress(terminal, paint);
    progress.phase('provisioning');
    progress.step({ name: 'resource a', status: 'running' });
    progress.step({ name: 'resource a', status: 'done' });
    progress.step({ name: 'resource b', status: 'failed', detail: 'no\nroom' });
    progress.phase('verifying');
    progress.end();
    return terminal.text();
  };

  test('is a line for each end where there is no terminal', () => {
    expect(show(false)).toBe('Provisioning\n  done     resource a\n  failed   resource b: no room\n');
  });

  test('draws what runs anew on a terminal', () => {
    expect(show(true)).toBe(
      'Provisioning\n  …        resource a\n\u001b[1A\u001b[0J  done     resource a\n  failed   resource b: no room\n',
    );
  });
});

test('diagnostics are counted by severity', () => {
  const error = diagnose('T9001', { detail: '' });
  expect(countDiagnostics([error, error, { ...error, severity: 'warning' }])).toBe('2 errors, 1 warning');
});
