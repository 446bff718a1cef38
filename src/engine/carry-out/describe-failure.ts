import { diagnose, InvariantError, type Diagnostic } from '../../core/index.ts';
import { OperationError } from '../operation-error.ts';

/** Something that was thrown on the way, as a diagnostic. */
export function describeFailure(error: unknown): Diagnostic {
  if (error instanceof OperationError) return diagnose('T5103', { detail: `${error.message}.` });
  if (isAbort(error))
    return diagnose('T5101', {
      detail: 'The deployment was stopped before its end. What was done is recorded; the next deployment starts from there.',
    });
  const message = error instanceof Error ? error.message : String(error);
  if (isDefect(error)) return diagnose('T8010', { detail: `While it was carried out: ${message}. Please report it.` });
  return diagnose('T5102', { detail: message });
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.message === 'the lease was lost');
}

/** What only a mistake of ours throws. */
function isDefect(error: unknown): boolean {
  return error instanceof InvariantError || error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
}
