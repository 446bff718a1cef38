import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

const bin = join(import.meta.dirname, '..', 'bin', 'tutti.js');
const asOldNode = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })`;
const newerNode = ['#!/bin/sh', 'echo "newer node: $2 $3"', 'exit 7'];

interface Result {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder like an installed package, with the given files. */
async function makePackage(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'tutti-bin-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const all = { 'package.json': '{"type": "module"}', ...files };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text, { mode: 0o755 });
  }
  await cp(bin, join(root, 'bin', 'tutti.js'));
  return root;
}

function run(root: string, ...options: readonly string[]): Promise<Result> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...options, join(root, 'bin', 'tutti.js'), 'status', '--json'], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

test('the command runs the built program with its arguments', async () => {
  const root = await makePackage({ 'dist/main/tutti.js': 'console.log(process.argv.slice(2).join(" ")); process.exitCode = 4;' });
  expect(await run(root)).toMatchObject({ code: 4, stdout: 'status --json\n' });
});

test('without a build it says how to make one', async () => {
  const result = await run(await makePackage({}));
  expect(result).toMatchObject({ code: 2, stdout: '' });
  expect(result.stderr).toContain('npm run build');
});

test('on an old Node it runs itself with the one of the package, and passes on how that ended', async () => {
  const root = await makePackage({ 'node_modules/node/bin/node': newerNode.join('\n') });
  expect(await run(root, '--import', asOldNode)).toEqual({ code: 7, stdout: 'newer node: status --json\n', stderr: '' });
});

test('on an old Node without another one it says what to do', async () => {
  const result = await run(await makePackage({}), '--import', asOldNode);
  expect(result).toMatchObject({ code: 2, stdout: '' });
  expect(result.stderr).toMatch(/needs Node.js 22.18 or newer; this is 20.19.0. Run `npm ci/);
});

test('a signal reaches the program on the newer Node, and its end is the end of the command', async () => {
  const program = `process.on('SIGTERM', () => { console.log('stopped'); process.exit(9); }); setInterval(() => {}, 1e6); console.log('ready');`;
  const root = await makePackage({ 'node_modules/node/bin/node': `#!/bin/sh\nexec '${process.execPath}' -e "${program}"` });
  const child = spawn(process.execPath, ['--import', asOldNode, join(root, 'bin', 'tutti.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([9, null]);
  expect(lines.join('')).toBe('ready\nstopped\n');
});
