import { operations, type OperationId } from '../../contract/index.ts';
import { diagnose, fail, hasErrors, type Outcome } from '../../core/index.ts';
import { authorise } from '../access.ts';
import type { RawCall } from './handler.ts';
import { loadHandler } from './table.ts';

/** What the database driver and the operating system call a connection that is not there. */
const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
  '08003',
  '53300',
]);

/**
 * Carries out one operation: may the caller, is the input right, then the operation itself.
 * Rule: both transports come through here, so that neither can skip access or validation. A defect of ours is logged under a number and answered with
 * nothing but that number.
 * Reports: T8002, T8006, T8010, T8011, and what the operation reports.
 */
export async function dispatch(id: OperationId, call: RawCall): Promise<Outcome<unknown>> {
  const allowed = authorise(call.caller, operations[id].permission);
  if (hasErrors(allowed.diagnostics)) return { diagnostics: allowed.diagnostics };
  try {
    const handler = await loadHandler(id);
    return await handler.run(call);
  } catch (error) {
    return describeFailure(id, call, error);
  }
}

/** Turns something thrown into an answer that tells nothing of the inside. */
export function describeFailure(operation: string, { services }: Pick<RawCall, 'services'>, error: unknown): Outcome<never> {
  const id = services.makeId();
  services.logFailure({ id, operation, error });
  if (isAway(error)) return fail(diagnose('T8011', { detail: `The database cannot be reached (failure ${id} in the log).` }));
  return fail(diagnose('T8010', { detail: `The failure has the number ${id} in the log of the server.` }));
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return awayCodes.has(code) || error.message === 'Connection terminated unexpectedly' || isAway(error.cause);
}
