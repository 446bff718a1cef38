import { takes, textAt, type FunctionTable } from '../run/args.ts';
import { dropTrailing } from './trim-text.ts';

/** Functions on paths. Those of the operating system are those of Linux, on every machine. */
export const pathFunctions: FunctionTable = {
  ...pathTable((name) => name),
  ...pathTable((name) => `os${name.slice(0, 1).toUpperCase()}${name.slice(1)}`),
};

function pathTable(nameFor: (name: string) => string): FunctionTable {
  return {
    [nameFor('base')]: takes(1, (args) => baseOf(textAt(args, 0))),
    [nameFor('dir')]: takes(1, (args) => cleanPath(dirOf(textAt(args, 0)))),
    [nameFor('clean')]: takes(1, (args) => cleanPath(textAt(args, 0))),
    [nameFor('ext')]: takes(1, (args) => /\.[^./]*$/.exec(textAt(args, 0))?.[0] ?? ''),
    [nameFor('isAbs')]: takes(1, (args) => textAt(args, 0).startsWith('/')),
  };
}

/** The last element; `.` of nothing, `/` of slashes. */
function baseOf(path: string): string {
  if (path === '') return '.';
  const trimmed = dropTrailing(path, '/');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

function dirOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** The shortest path that means the same. */
function cleanPath(path: string): string {
  const isRooted = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    const isUp = part === '..';
    if (isUp && kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isUp || !isRooted) kept.push(part);
  }
  const joined = kept.join('/');
  return isRooted ? `/${joined}` : joined || '.';
}
