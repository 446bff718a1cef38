import type { OperationOutput } from '../../client/index.ts';
import type { CommandCall, CommandResult } from '../command.ts';
import { loadFileScope } from '../input/file-scope.ts';
import { optionOf } from '../input/options.ts';
import { answerWith } from '../input/with-environment.ts';
import { writeFiles } from '../output/write-files.ts';
import { complete, reject } from '../result.ts';

export async function run(call: CommandCall): Promise<CommandResult> {
  const scope = await loadFileScope(call.parameters['FILE'] ?? [], call);
  if (!scope.value) return reject(scope.diagnostics);
  const seed = optionOf(call, 'seed') ?? call.host.env['TUTTI_SEED'];
  const out = optionOf(call, 'out');
  const layout = out === undefined ? 'stream' : 'folder';
  const body = { ...scope.value, ...(seed && { seed }), layout } as const;
  const client = await call.client('files');
  const answer = await client.call('files.render', { body }, { signal: call.host.signal });
  if (!answer.ok || out === undefined) return answerWith(answer, printObjects);
  const files = answer.data.files ?? answer.data.objects.map(({ file, text }) => ({ file, text }));
  const written = await writeFiles(out, files, call);
  if (written.length > 0) return { exitCode: 4, diagnostics: [...answer.diagnostics, ...written], data: null };
  const what = answer.data.files ? 'files' : 'objects';
  return complete(answer.data, `Wrote ${files.length} ${what} to ${out}.`, answer.diagnostics);
}

/** One YAML document an object, or a Compose project as one. */
function printObjects({ objects, files }: OperationOutput<'files.render'>): string {
  const texts = files ? files.map(({ text = '' }) => text) : objects.map(({ text }) => (text.startsWith('---') ? text : `---\n${text}`));
  return texts.map((text) => text.replace(/\n*$/, '')).join('\n');
}
