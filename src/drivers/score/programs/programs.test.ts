import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findProgram } from './find-program.ts';
import type { AllowedPrograms } from './policy.ts';
import { runProgram } from './run-program.ts';

const places = { folder: '/project', home: '/ann' };

describe('the address of a program', () => {
  it.each([
    ['cmd://bash', 'bash'],
    ['cmd://bash#example', 'bash'],
    ['cmd://./provision.sh', '/project/provision.sh'],
    ['cmd://../provision.sh', '/provision.sh'],
    ['cmd://~/bin/provision', '/ann/bin/provision'],
    ['cmd:///usr/bin/provision', '/usr/bin/provision'],
    ['cmd://./with%20space', '/project/with space'],
  ])('%s means %s', (uri, command) => {
    expect(findProgram(uri, places)).toEqual({ command });
  });

  it.each(['cmd://', 'cmd://#x', 'cmd://user@host', 'cmd://x?y', 'cmd://x:80', 'cmd://a/b', 'cmd://%zz', 'cmd://./a\0b'])(
    '%s is refused',
    (uri) => {
      expect(findProgram(uri, places)).toHaveProperty('problem');
    },
  );
});

async function policy(parts: Partial<AllowedPrograms> = {}): Promise<AllowedPrograms> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-programs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const variables = { PATH: process.env['PATH'] ?? '' };
  return { kind: 'allowed', folder, home: folder, variables, timeoutMs: 10_000, outputBytesMax: 10_000, ...parts };
}

function shell(script: string, allowed: AllowedPrograms, parts: { readonly input?: string; readonly signal?: AbortSignal } = {}) {
  const { input = '', signal = new AbortController().signal } = parts;
  return runProgram({ command: 'sh', args: ['-c', script], input, signal }, allowed);
}

describe('a program', () => {
  it('reads its input and answers', async () => {
    expect(await shell('cat; echo said >&2', await policy(), { input: 'hello' })).toEqual({
      kind: 'done',
      output: 'hello',
      errors: 'said\n',
    });
  });

  it('sees the variables that it may see and no others', async () => {
    const allowed = await policy();
    const end = await shell('env', { ...allowed, variables: { ...allowed.variables, SEEN: 'yes' } });
    expect(end).toMatchObject({ kind: 'done', output: expect.stringContaining('SEEN=yes') });
    expect(end.kind === 'done' && end.output).not.toContain('VITEST');
  });

  it('runs in its folder', async () => {
    const allowed = await policy();
    await writeFile(join(allowed.folder, 'run.sh'), '#!/bin/sh\npwd\n');
    await chmod(join(allowed.folder, 'run.sh'), 0o755);
    const found = findProgram('cmd://./run.sh', allowed);
    const command = 'command' in found ? found.command : '';
    const end = await runProgram({ command, args: [], input: '', signal: new AbortController().signal }, allowed);
    expect(end).toMatchObject({ kind: 'done', output: `${allowed.folder}\n` });
  });

  it.each([
    ['ends with an error', 'echo why >&2; exit 3', 'it ended with exit code 3'],
    ['writes too much', 'yes', 'it wrote too much'],
    ['complains too much', 'yes >&2', 'it wrote too much to standard error'],
  ])('fails when it %s', async (_, script, problem) => {
    expect(await shell(script, await policy())).toMatchObject({ kind: 'failed', problem });
  });

  it('fails when it is not there, or may not be run', async () => {
    const allowed = await policy();
    await writeFile(join(allowed.folder, 'text'), 'x', { mode: 0o644 });
    const signal = new AbortController().signal;
    const run = (command: string) => runProgram({ command, args: [], input: '', signal }, allowed);
    expect(await run('no-such-program')).toMatchObject({ kind: 'failed', problem: 'there is no such program' });
    expect(await run(join(allowed.folder, 'text'))).toMatchObject({ kind: 'failed', problem: 'it may not be run' });
  });

  it('is ended past its time, with all that it has started', async () => {
    const end = await shell('sh -c "while :; do :; done" & wait', await policy({ timeoutMs: 200 }));
    expect(end).toMatchObject({ kind: 'failed', problem: 'it was not done after 0.2 s' });
  });

  it('is ended when it is no longer wanted', async () => {
    const controller = new AbortController();
    const end = shell('while :; do :; done', await policy(), { signal: controller.signal });
    controller.abort();
    expect(await end).toMatchObject({ kind: 'failed', problem: 'it was stopped' });
  });
});
