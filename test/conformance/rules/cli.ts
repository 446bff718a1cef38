import { expect } from 'vitest';
import { differs, more, same, type Chapter } from '../rule.ts';
import { atTop, runTutti } from '../support.ts';

const files = { 'score.yaml': atTop('service: {ports: {web: {port: 80}}}') };

export const chapter: Chapter = {
  name: 'cli',
  title: 'The command line',
  source: 'score-compose 0.45 and score-k8s 0.15.',
  rules: [
    differs(
      'Every failure ends with 1.',
      '0 done, 1 a problem in the input, 2 usage, 3 refused, 4 failed on the way, 70 a defect of ours, 130 interrupted.',
      async () => {
        expect((await runTutti(files, 'validate')).exitCode).toBe(0);
        expect((await runTutti({ 'score.yaml': 'x' }, 'validate')).exitCode).toBe(1);
        expect((await runTutti(files, 'validate', '--nope')).exitCode).toBe(2);
      },
    ),
    differs('The first failure ends the command.', 'All problems of all files are printed at once.', async () => {
      const bad = { 'a.yaml': atTop('x: 1').replace('nginx:1', '""'), 'b.yaml': 'text' };
      expect((await runTutti(bad, 'validate', 'a.yaml', 'b.yaml', 'gone.yaml')).errors).toEqual(['T1108', 'T1103', 'T1101', 'T9005']);
    }),
    more('Output is for people.', '`--json` prints one JSON document with all diagnostics: code, place, reason, cure.', async () => {
      const { diagnostics } = await runTutti({ 'score.yaml': atTop('x: 1') }, 'validate');
      expect(diagnostics).toMatchObject([
        { code: 'T1103', severity: 'error', source: { file: 'score.yaml', start: { line: 4, column: 1 } } },
      ]);
    }),
    same('The order of the files does not matter.', async () => {
      const two = { 'a.yaml': atTop(), 'b.yaml': atTop().replace('web', 'api') };
      const [one, other] = [
        await runTutti(two, 'render', 'a.yaml', 'b.yaml', '--seed', 'x'),
        await runTutti(two, 'render', 'b.yaml', 'a.yaml', '--seed', 'x'),
      ];
      expect(one.texts).toEqual(other.texts);
    }),
    differs(
      '`generate` without a file takes the workloads of the state.',
      '`tutti render` keeps none: without a file it takes the Score files of the current folder. `tutti deploy` keeps what was deployed.',
      async () => {
        expect((await runTutti(files, 'render', '--seed', 'x')).exitCode).toBe(0);
        expect((await runTutti({ 'a.txt': '' }, 'render')).errors).toEqual(['T9006']);
      },
    ),
    same('A file can be named several ways; each is read once.', async () => {
      const { exitCode } = await runTutti(files, 'validate', 'score.yaml', './score.yaml', '.');
      expect(exitCode).toBe(0);
    }),
    same('A file that is not there is an error.', async () => {
      expect((await runTutti(files, 'validate', 'gone.yaml')).errors).toEqual(['T9005']);
    }),
    more('A file that is no text is an error.', 'The message names its encoding, and how to convert it.', async () => {
      expect((await runTutti({ 'score.yaml': '\u0000' }, 'validate')).errors).toEqual(['T1003']);
    }),
    differs(
      '`--build`, `--publish`, `--env-file` and `--namespace` change what is generated.',
      'They are refused: an image is built before, an environment names its target, and values are set with `--set` or `tutti env set`.',
      async () => {
        for (const option of ['--build=main=.', '--publish=80:web:80', '--env-file=.env', '--namespace=x']) {
          expect((await runTutti(files, 'render', option)).exitCode).toBe(2);
        }
      },
    ),
    differs(
      'State is a file with passwords in plain text, mode 0755.',
      '`tutti render` keeps a seed alone, from which passwords are derived; the store of `tutti deploy` seals them.',
      async () => {
        const { data } = await runTutti(files, 'render', '--seed', 'x');
        expect(JSON.stringify(data)).not.toContain('seed');
      },
    ),
    more(
      '`provisioners list` shows which provisioners there are.',
      '`tutti explain` says which of them meets a need, and why not another.',
      async () => {
        const text = atTop('resources: {db: {type: postgres}}');
        const { data } = await runTutti({ 'score.yaml': text }, 'explain', 'postgres', 'score.yaml');
        expect(JSON.stringify(data)).toContain('winner');
      },
    ),
    same('`version` says which version runs.', async () => {
      expect((await runTutti({}, 'version')).exitCode).toBe(0);
    }),
    same('`completion` writes a script for bash, fish and zsh.', async () => {
      for (const shell of ['bash', 'fish', 'zsh']) expect((await runTutti({}, 'completion', shell)).exitCode).toBe(0);
    }),
  ],
};
