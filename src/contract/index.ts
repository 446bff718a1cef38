export { failLocally, isEnvelope, isProblem, toFailure } from './failure.ts';
export { openapiDocument } from './openapi.ts';
export type { Method, Operation, OperationTable } from './operation.ts';
export { operations, type OperationId } from './operations.ts';
export { permissions, type Permission } from './permissions.ts';
export { describeProblem, problemSchema, problemType, statusOf, type Problem } from './problem.ts';
export { lastEventHeader, streamEnd, streamProblem, streamType } from './stream.ts';
export type { ApiAnswer, ApiFailure, ApiSuccess, CallId, OperationInput, OperationOutput, Plain, StreamId } from './types.ts';
