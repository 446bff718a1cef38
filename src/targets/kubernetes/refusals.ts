import { diagnose, type Code, type Diagnostic } from '../../core/index.ts';
import { describeAddress } from './addresses.ts';
import type { Address, Refusal } from './cluster.ts';
import { classifyError, type ErrorClass } from './readiness/classify-error.ts';

/** What each sort of refusal means for the user. */
const codes: Readonly<Partial<Record<ErrorClass, Code>>> = {
  conflict: 'T6201',
  immutable: 'T6202',
  'typed-patch': 'T6203',
  invalid: 'T6203',
  forbidden: 'T6204',
  'unknown-kind': 'T6205',
  'webhook-denied': 'T6206',
  quota: 'T6207',
};

/** Why an object was not taken, as a problem of the deployment. */
export function describeRefusal(address: Address, refusal: Refusal): Diagnostic {
  const code = codes[classifyError(refusal).kind] ?? 'T6208';
  const fields = refusal.causes.filter(({ field }) => field !== '').map(({ field, message }) => `${field}: ${message}`);
  const why = fields.length > 0 && code === 'T6201' ? fields.join('; ') : refusal.message || refusal.reason || `status ${refusal.status}`;
  return diagnose(code, { detail: `${describeAddress(address)}: ${why}${/[.!?]$/.test(why) ? '' : '.'}` });
}
