/** What the API server answered, as far as the sort of the error shows in it. */
export interface ServerError {
  readonly status: number;
  readonly reason: string;
  readonly message: string;
  readonly causes: readonly { readonly reason: string; readonly field: string; readonly message: string }[];
}

export type ErrorClass =
  | 'conflict'
  | 'stale'
  | 'replaced'
  | 'immutable'
  | 'typed-patch'
  | 'invalid'
  | 'unknown-kind'
  | 'missing-namespace'
  | 'terminating-namespace'
  | 'forbidden'
  | 'quota'
  | 'webhook-denied'
  | 'webhook-unreachable'
  | 'unauthorized'
  | 'throttled'
  | 'too-large'
  | 'unavailable'
  | 'other';

export interface Classified {
  readonly kind: ErrorClass;
  /** Whether the same request may succeed later. */
  readonly isRetryable: boolean;
}

type Rule = readonly [ErrorClass, (error: ServerError) => boolean];

const hasCause =
  (reason: string) =>
  ({ causes }: ServerError): boolean =>
    causes.some((each) => each.reason === reason);

const says =
  (pattern: RegExp) =>
  ({ message }: ServerError): boolean =>
    pattern.test(message);

/** Each kind says it in its own words. */
const immutable = [
  'field is immutable',
  'updates to statefulset spec for fields other than',
  'may not change once set',
  'is immutable after creation',
  'pod updates may not change fields other than',
  'may not be changed in an update',
  'cannot change roleRef',
  'updates to (?:parameters|provisioner) are forbidden',
  'immutable when `immutable` is set',
];

const isImmutable = says(new RegExp(immutable.join('|')));

/** The first that holds. Recorded from an API server 1.36. */
const rules: readonly Rule[] = [
  // The user's mistake, although the server calls it its own.
  ['typed-patch', says(/failed to create typed patch object|field not declared in schema|duplicate entries for key/)],
  ['webhook-denied', says(/admission webhook "[^"]*" denied the request|ValidatingAdmissionPolicy '[^']*' .*denied request/)],
  ['webhook-unreachable', says(/failed calling webhook/)],
  ['conflict', (error) => error.status === 409 && hasCause('FieldManagerConflict')(error)],
  ['replaced', (error) => error.status === 409 && says(/UID in (?:the )?precondition/)(error)],
  ['stale', ({ status }) => status === 409],
  ['immutable', (error) => error.status === 422 && isImmutable(error)],
  ['invalid', ({ status }) => status === 422 || status === 400],
  ['terminating-namespace', (error) => error.status === 403 && hasCause('NamespaceTerminating')(error)],
  ['quota', (error) => error.status === 403 && says(/exceeded quota/)(error)],
  ['forbidden', ({ status }) => status === 403],
  ['unauthorized', ({ status }) => status === 401],
  ['missing-namespace', (error) => error.status === 404 && says(/namespaces "[^"]*" not found/)(error)],
  ['unknown-kind', ({ status }) => status === 404],
  ['too-large', ({ status }) => status === 413],
  ['throttled', ({ status }) => status === 429],
  ['unavailable', ({ status }) => status >= 500 || status === 0],
];

const retryable: ReadonlySet<ErrorClass> = new Set(['stale', 'webhook-unreachable', 'terminating-namespace', 'throttled', 'unavailable']);

/** Says what sort of error the API server answered with. */
export function classifyError(error: ServerError): Classified {
  const kind = rules.find(([, holds]) => holds(error))?.[0] ?? 'other';
  return { kind, isRetryable: retryable.has(kind) };
}
