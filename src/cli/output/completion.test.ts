import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { commands } from '../commands.ts';
import { writeCompletion } from './completion.ts';

/** What bash offers for the last word. */
async function complete(...words: readonly string[]): Promise<readonly string[]> {
  const line = ['tutti', ...words].map((word) => `'${word}'`).join(' ');
  const script = `${writeCompletion('bash', commands)}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _tutti; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script]);
  return stdout.split('\n').filter((word) => word !== '');
}

describe('the completion of bash', () => {
  test('offers commands, subcommands and options', async () => {
    expect(await complete('dep')).toEqual(['deploy']);
    expect(await complete('env', 'un')).toEqual(['unset']);
    expect(await complete('env', 'create', '--ty')).toEqual(['--type']);
    expect(await complete('deploy', '--con')).toEqual(['--confirm']);
    expect(await complete('completion', 'z')).toEqual(['zsh']);
  });

  test('goes on offering options after a file', async () => {
    expect(await complete('deploy', 'score.yaml', '--con')).toEqual(['--confirm']);
  });

  test('offers neither hidden commands nor hidden options', async () => {
    expect(await complete('star')).toEqual([]);
    expect(await complete('deploy', '--form')).toEqual([]);
  });
});

test.each(['bash', 'zsh', 'fish'])('the completion of %s names every command', (shell) => {
  const script = writeCompletion(shell, commands);
  const missing = commands.filter(({ isHidden }) => !isHidden).filter(({ path }) => !script.includes(path.at(-1) ?? ''));
  expect(missing).toEqual([]);
});
