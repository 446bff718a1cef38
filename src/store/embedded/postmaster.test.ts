import { expect, test } from 'vitest';

import { parsePostmaster } from './postmaster.ts';

const complete = ['4711', '/data/postgres', '1790000000', '54321', '', '127.0.0.1', '  1234  5', 'ready   ', ''].join('\n');

test('a pid file tells the process, the port and the status', () => {
  expect(parsePostmaster(complete)).toEqual({ pid: 4711, port: 54321, status: 'ready' });
  expect(parsePostmaster(complete.replace('ready', 'stopping'))).toEqual({ pid: 4711, port: 54321, status: 'stopping' });
});

test('a pid file that is still being written counts as starting', () => {
  for (const lineCount of [1, 3, 6, 7]) {
    const text = complete.split('\n').slice(0, lineCount).join('\n');
    expect(parsePostmaster(text)).toMatchObject({ pid: 4711, status: 'starting' });
  }
});

test('a text without a process on its first line is no pid file', () => {
  for (const text of ['', '\n', 'x', '0', '-5', '1.5', 'NaN\n/data']) expect(parsePostmaster(text)).toBeUndefined();
});
