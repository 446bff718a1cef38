import { expect, it } from 'vitest';
import { classifyError, type ErrorClass, type ServerError } from './classify-error.ts';

type Row = readonly [what: string, kind: ErrorClass, isRetryable: boolean, error: Partial<ServerError> & { readonly status: number }];

const cause = (reason: string) => ({ causes: [{ reason, field: '.spec.x', message: '' }] });

/** What an API server 1.36 answers. */
const rows: readonly Row[] = [
  [
    'an unknown field is the mistake of the user, although it is a 500',
    'typed-patch',
    false,
    { status: 500, message: 'failed to create typed patch object (a/b; apps/v1, Kind=Deployment): .spec.x: field not declared in schema' },
  ],
  [
    'so is a wrong type',
    'typed-patch',
    false,
    { status: 500, message: 'failed to create typed patch object (a/b): .spec.replicas: expected numeric (int or float), got string' },
  ],
  [
    'so is a key twice',
    'typed-patch',
    false,
    { status: 500, message: 'failed to create typed patch object (a/b): .spec.ports: duplicate entries for key [port=80]' },
  ],
  [
    'a bad value',
    'invalid',
    false,
    { status: 422, message: 'spec.replicas: Invalid value: -1: must be greater than or equal to 0', ...cause('FieldValueInvalid') },
  ],
  ['a selector of a Deployment', 'immutable', false, { status: 422, message: 'spec.selector: Invalid value: …: field is immutable' }],
  [
    'the template of a StatefulSet, without the word',
    'immutable',
    false,
    { status: 422, message: "spec: Forbidden: updates to statefulset spec for fields other than 'replicas' are forbidden" },
  ],
  [
    'the address of a Service',
    'immutable',
    false,
    { status: 422, message: 'spec.clusterIPs[0]: Invalid value: []: may not change once set' },
  ],
  ['a claim', 'immutable', false, { status: 422, message: 'spec: Forbidden: spec is immutable after creation except resources.requests' }],
  ['a pod', 'immutable', false, { status: 422, message: 'spec: Forbidden: pod updates may not change fields other than `spec.x`' }],
  ['a priority', 'immutable', false, { status: 422, message: 'value: Forbidden: may not be changed in an update.' }],
  ['a class', 'immutable', false, { status: 422, message: 'parameters: Forbidden: updates to parameters are forbidden.' }],
  ['the role of a RoleBinding', 'immutable', false, { status: 422, message: 'roleRef: Invalid value: …: cannot change roleRef' }],
  ['an immutable Secret', 'immutable', false, { status: 422, message: 'data: Forbidden: field is immutable when `immutable` is set' }],
  ['a field that somebody else manages', 'conflict', false, { status: 409, ...cause('FieldManagerConflict') }],
  [
    'another object of that name',
    'replaced',
    false,
    { status: 409, message: 'the UID in the precondition (0) does not match the UID in record (1)' },
  ],
  ['an object that was written meanwhile', 'stale', true, { status: 409, message: 'the object has been modified' }],
  ['managedFields in what was sent', 'invalid', false, { status: 400, message: 'metadata.managedFields must be nil' }],
  ['a namespace that goes', 'terminating-namespace', true, { status: 403, ...cause('NamespaceTerminating') }],
  ['a namespace that is not there', 'missing-namespace', false, { status: 404, message: 'namespaces "t" not found' }],
  ['a kind that is not there', 'unknown-kind', false, { status: 404, message: '404 page not found' }],
  ['what may not be done', 'forbidden', false, { status: 403, message: 'deployments.apps is forbidden: User "x" cannot patch' }],
  ['a quota', 'quota', false, { status: 403, message: 'pods "x" is forbidden: exceeded quota: few' }],
  [
    'a webhook that says no',
    'webhook-denied',
    false,
    { status: 400, message: 'admission webhook "policy.example.com" denied the request: no' },
  ],
  [
    'a rule of the server itself that says no',
    'webhook-denied',
    false,
    { status: 422, message: `deployments.apps "web" is forbidden: ValidatingAdmissionPolicy 'few' with binding 'few' denied request: no` },
  ],
  [
    'a webhook that does not answer',
    'webhook-unreachable',
    true,
    { status: 500, message: 'Internal error occurred: failed calling webhook "x": context deadline exceeded' },
  ],
  ['credentials that are no longer good', 'unauthorized', false, { status: 401 }],
  ['more than the server takes', 'too-large', false, { status: 413 }],
  ['a busy server', 'throttled', true, { status: 429 }],
  ['a store that lost its leader', 'unavailable', true, { status: 500, message: 'etcdserver: leader changed' }],
  ['a gateway that waited too long', 'unavailable', true, { status: 504 }],
  ['no answer at all', 'unavailable', true, { status: 0 }],
  ['a status nobody knows', 'other', false, { status: 418 }],
];

it.each(rows)('%s: %s', (_, kind, isRetryable, error) => {
  expect(classifyError({ reason: '', message: '', causes: [], ...error })).toEqual({ kind, isRetryable });
});
