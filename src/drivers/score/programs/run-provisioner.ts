import { diagnose, type Diagnostic, type DriverRequest, type Value } from '../../../core/index.ts';
import type { ProvisionerContext } from '../context.ts';
import type { Provisioned } from '../provisioned.ts';
import { describeForProgram, readAnswer } from './dialect.ts';
import { findProgram } from './find-program.ts';
import type { ProgramPolicy } from './policy.ts';
import { runProgram } from './run-program.ts';

/** Runs a `cmd://` provisioner. Reports: T5207, T5208. */
export async function provisionByProgram(
  context: ProvisionerContext,
  request: DriverRequest,
  { programs, diagnostics }: { readonly programs: ProgramPolicy; readonly diagnostics: Diagnostic[] },
): Promise<Provisioned | undefined> {
  const uri = textOf(request.inputs['uri']);
  const refuse = (code: 'T5207' | 'T5208', detail: string): undefined => {
    diagnostics.push(diagnose(code, { detail: `${context.uid}: ${uri}: ${detail}`, place: { file: '', document: 0, path: ['uri'] } }));
    return undefined;
  };
  if (programs.kind === 'refused') return refuse('T5207', `it would run a program. ${programs.cure}`);
  const program = findProgram(uri, programs);
  if ('problem' in program) return refuse('T5208', `${program.problem}.`);
  const { format } = request.context;
  const input = JSON.stringify(describeForProgram(context, format));
  const args = listArgs(request.inputs['args']);
  const end = await runProgram({ command: program.command, args, input, signal: request.signal }, programs);
  if (end.kind === 'failed') return refuse('T5208', `${end.problem}.${quoteErrors(end.errors)}`);
  const answer = readAnswer(end.output, context, format);
  return 'value' in answer ? answer.value : refuse('T5208', `${answer.problem}.${quoteErrors(end.errors)}`);
}

/** The mode is always the same: the tools know no other. */
function listArgs(args: Value | undefined): readonly string[] {
  const list: readonly Value[] = Array.isArray(args) ? args : [];
  return list.flatMap((arg) => (typeof arg === 'string' ? [arg === '<mode>' ? 'provision' : arg] : []));
}

const linesMax = 5;
const lineMax = 200;

/** The last of what it wrote to standard error. */
function quoteErrors(errors: string): string {
  const lines = errors.trim().split('\n').slice(-linesMax);
  const shown = lines.map((line) => line.trim().slice(0, lineMax)).filter((line) => line !== '');
  return shown.length === 0 ? '' : ` Its last words: ${shown.join(' / ')}`;
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}
