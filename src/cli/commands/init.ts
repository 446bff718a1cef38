import { resolve } from 'node:path';
import { diagnose } from '../../core/index.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import { sampleFiles } from '../init/sample-files.ts';
import { parameterOf } from '../input/options.ts';
import { kindOf, showPath } from '../input/read-file.ts';
import { createFiles } from '../output/write-files.ts';
import { complete, reject } from '../result.ts';

/** Nothing is ever overwritten: where one of the files is there, none is written. */
export async function run(call: CommandCall): Promise<CommandResult> {
  const { cwd } = call.host;
  const folder = parameterOf(call, 'DIR') ?? '.';
  const present = await findPresent(resolve(cwd, folder));
  if (present.length > 0) {
    return reject(
      present.map((file) =>
        diagnose('T9008', { detail: `"${showPath(cwd, `${folder}/${file}`)}" is there already. Nothing was written.` }),
      ),
    );
  }
  const written = await createFiles(folder, sampleFiles, call);
  if (written.length > 0) return reject(written);
  const files = sampleFiles.map(({ file }) => showPath(cwd, `${folder}/${file}`));
  const [score = ''] = files;
  const platform = showPath(cwd, `${folder}/platform`);
  const next = [
    `tutti validate ${score}`,
    `tutti explain ${score} --platform ${platform} --all-environments`,
    `tutti render ${score} --platform ${platform}`,
  ];
  return complete({ files }, [...files.map((file) => `Wrote ${file}`), '', 'Next:', ...next.map((line) => `  ${line}`)].join('\n'));
}

async function findPresent(folder: string): Promise<readonly string[]> {
  const kinds = await Promise.all(sampleFiles.map(async ({ file }) => ({ file, kind: await kindOf(resolve(folder, file)) })));
  return kinds.filter(({ kind }) => kind !== undefined).map(({ file }) => file);
}
