import { describe, expect, test } from 'vitest';
import { commands } from './commands.ts';
import { parseArguments, type Parsed } from './program.ts';

function parse(...argv: readonly string[]): Parsed {
  return parseArguments(argv, { commands, version: '1.2.3', columns: 100 });
}

function detailOf(...argv: readonly string[]): string {
  const parsed = parse(...argv);
  return parsed.kind === 'usage' ? parsed.detail : `understood as ${parsed.kind}`;
}

describe('a command line', () => {
  test('gives the command with its parameters, options and switches', () => {
    const parsed = parse('deploy', 'a.yaml', '--env', 'staging', 'b.yaml', '--image=web=x', '--image', 'api=y', '--only');
    expect(parsed).toMatchObject({
      kind: 'command',
      spec: { path: ['deploy'] },
      parameters: { FILE: ['a.yaml', 'b.yaml'] },
      options: { texts: { env: ['staging'], image: ['web=x', 'api=y'] }, switches: new Set(['only']) },
    });
  });

  test('takes the options of every command before and after the command', () => {
    expect(parse('--json', 'env', 'list', '--server', 'http://x')).toMatchObject({
      kind: 'command',
      options: { texts: { server: ['http://x'] }, switches: new Set(['json']) },
    });
  });

  test('takes values that look like options, and files after --', () => {
    expect(parse('render', '--set', 'KEY=-1', '--', '-x.yaml')).toMatchObject({
      parameters: { FILE: ['-x.yaml'] },
      options: { texts: { set: ['KEY=-1'] } },
    });
    expect(parse('validate', '-')).toMatchObject({ parameters: { FILE: ['-'] } });
  });

  test('with a mistyped command or option names the one that was meant', () => {
    expect(detailOf('deply')).toBe("Unknown command 'deply'. Did you mean deploy?");
    expect(detailOf('plan', '--reson', 'x')).toBe("Unknown option '--reson'. Did you mean --reason?");
    expect(detailOf('env', 'crate')).toBe("Unknown command 'crate'. Did you mean create?");
  });

  test('that lacks something or has too much is not understood', () => {
    expect(detailOf('env', 'create')).toBe("Missing required argument 'NAME'.");
    expect(detailOf('env', 'create', 'a', 'b')).toContain('Too many arguments');
    expect(detailOf('status', '--env')).toContain('argument missing');
    expect(detailOf('status', '--env', 'a', '--env', 'b')).toBe('The option "--env" stands twice.');
    expect(detailOf('env')).toContain('A subcommand is missing.');
    expect(detailOf('completion', 'tcsh')).toContain('Allowed choices are bash, zsh, fish');
  });

  test('asks for the version or for help', () => {
    expect(parse('--version')).toEqual({ kind: 'text', text: '1.2.3\n' });
    expect(parse()).toEqual(parse('--help'));
  });
});

describe('help', () => {
  test('lists the commands', async () => {
    const parsed = parse('--help');
    await expect(parsed.kind === 'text' ? parsed.text : '').toMatchFileSnapshot('./golden/help.txt');
  });

  test('of a command lists what it takes, and not what it would only refuse', async () => {
    const parsed = parse('deploy', '--help');
    await expect(parsed.kind === 'text' ? parsed.text : '').toMatchFileSnapshot('./golden/help-deploy.txt');
  });
});

describe('the list of commands', () => {
  test('names each once', () => {
    const names = commands.map(({ path }) => path.join(' '));
    expect(new Set(names).size).toBe(names.length);
  });

  test('loads every command', async () => {
    const modules = await Promise.all(commands.map(({ load }) => load()));
    expect(modules.every(({ run }) => typeof run === 'function')).toBe(true);
  });

  test('has no option twice in a command', () => {
    for (const { path, options = [] } of commands) {
      const names = options.map(({ name }) => name);
      expect(new Set(names).size, path.join(' ')).toBe(names.length);
    }
  });
});
