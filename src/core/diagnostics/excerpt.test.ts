import { describe, expect, test } from 'vitest';
import { excerpt } from './excerpt.ts';
import { renderDiagnostic } from './render.ts';
import { diagnose } from './report.ts';

function show(text: string, line: number, columns: readonly [number, number]): string {
  const [from, to] = columns;
  return `\n${excerpt({ file: 'f', start: { line, column: from }, end: { line, column: to } }, text)}\n`;
}

function mark(name: string): (text: string) => string {
  return (text) => `<${name}>${text}</${name}>`;
}

describe('an excerpt', () => {
  test('shows the line, the one before, and carets under the range', () => {
    expect(show('a: 1\nb: two\n', 2, [4, 7])).toBe('\n1 | a: 1\n2 | b: two\n  |    ^^^\n');
  });

  test('leaves a blank line before out, and marks an empty range with one caret', () => {
    expect(show('\nb: two', 2, [7, 7])).toBe('\n2 | b: two\n  |       ^\n');
  });

  test('aligns the numbers of lines', () => {
    expect(show(`${'x\n'.repeat(9)}y`, 10, [1, 2])).toBe('\n 9 | x\n10 | y\n   | ^\n');
  });

  test('marks a range of several lines on its first', () => {
    const source = { file: 'f', start: { line: 1, column: 4 }, end: { line: 2, column: 3 } };
    expect(excerpt(source, 'a: [b,\n  c]')).toBe('1 | a: [b,\n  |    ^^^');
  });

  test('counts wide characters as two columns and marks on letters as none', () => {
    expect(show('日本😀e\u0301: x', 1, [8, 9])).toBe('\n1 | 日本😀e\u0301: x\n  |         ^\n');
  });

  test('shows tabs as spaces and control characters as escapes', () => {
    expect(show('\ta\u001b[31m', 1, [2, 3])).toBe('\n1 |     a\\u{1b}[31m\n  |     ^\n');
  });

  test('keeps to its width, around the caret', () => {
    const line = `${'a'.repeat(300)}X${'b'.repeat(300)}`;
    const [shown = '', carets = ''] = excerpt({ file: 'f', start: { line: 1, column: 301 }, end: { line: 1, column: 302 } }, line).split(
      '\n',
    );
    expect(shown.length).toBeLessThanOrEqual(104);
    expect(shown[carets.indexOf('^')]).toBe('X');
  });

  test('of a line that does not exist is empty', () => {
    expect(excerpt({ file: 'f', start: { line: 9, column: 1 }, end: { line: 9, column: 2 } }, 'a')).toBe('');
  });
});

describe('a diagnostic for people', () => {
  const source = { file: 'a.yaml', start: { line: 1, column: 4 }, end: { line: 1, column: 5 } };

  test('without its text has the place, and without a place the summary and detail', () => {
    expect(renderDiagnostic(diagnose('T1105', { detail: 'why', source }))).toBe(
      'error[T1105] A value has the wrong type\n --> a.yaml:1:4\n  why',
    );
    expect(renderDiagnostic(diagnose('T1203', { detail: 'why' }))).toBe('error[T1203] An image is supplied for nothing\n  why');
  });

  test('that was not located names the file', () => {
    const place = { file: 'a.yaml', document: 0, path: [] };
    expect(renderDiagnostic(diagnose('T1105', { detail: 'why', place, related: [{ message: 'also', place }] }))).toBe(
      'error[T1105] A value has the wrong type\n --> a.yaml\n  why\n  a.yaml: also',
    );
  });

  test('is painted where a table of colours is given', () => {
    const severity = { error: mark('e'), warning: mark('w'), info: mark('i') };
    const painted = renderDiagnostic(diagnose('T1105', { detail: 'why', source }), 'a: b', {
      severity,
      place: mark('p'),
      excerpt: mark('x'),
    });
    expect(painted).toContain('<e>error[T1105]</e> A value');
    expect(painted).toContain('<p> --> a.yaml:1:4</p>');
    expect(painted).toContain('<x>1 | a: b');
  });
});
