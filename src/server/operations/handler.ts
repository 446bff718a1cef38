import type { OperationId, OperationInput, OperationOutput, StreamId } from '../../contract/index.ts';
import { hasErrors, type Outcome } from '../../core/index.ts';
import type { Caller } from '../access.ts';
import type { FileServices, RecordServices, Services } from '../services.ts';
import { parseInput, type RawInput } from './parse-input.ts';

/** A call whose input nobody has looked at yet. */
export interface RawCall {
  readonly raw: RawInput;
  readonly caller: Caller;
  readonly services: Services;
  readonly signal: AbortSignal;
}

/** An operation's implementation, with its types hidden: what is sent is checked within. */
export interface Handler {
  readonly id: OperationId;
  readonly run: (call: RawCall) => Promise<Outcome<unknown>>;
}

/** A call as an implementation sees it. */
export interface Call<Id extends OperationId> {
  readonly input: OperationInput<Id>;
  readonly caller: Caller;
  readonly version: string;
  readonly files: FileServices;
  readonly signal: AbortSignal;
}

export type RecordCall<Id extends OperationId> = Call<Id> & RecordServices;

/** What an implementation gives: of a stream, its events one after the other. */
export type HandlerOutput<Id extends OperationId> = Id extends StreamId ? AsyncIterable<OperationOutput<Id>> : OperationOutput<Id>;

type Answer<Id extends OperationId> = Promise<Outcome<HandlerOutput<Id>>>;

/** Implements an operation on files. */
export function onFiles<Id extends OperationId>(id: Id, implement: (call: Call<Id>) => Answer<Id>): Handler {
  return {
    id,
    run: async (call) => {
      const input = parseInput(id, call.raw);
      if (input.value === undefined) return { diagnostics: input.diagnostics };
      return implement(describeCall(call, input.value));
    },
  };
}

/** Implements an operation on what is kept, which is opened when the input is right. */
export function onRecords<Id extends OperationId>(id: Id, implement: (call: RecordCall<Id>) => Answer<Id>): Handler {
  return {
    id,
    run: async (call) => {
      const input = parseInput(id, call.raw);
      if (input.value === undefined) return { diagnostics: input.diagnostics };
      const records = await call.services.records();
      if (!records.value || hasErrors(records.diagnostics)) return { diagnostics: records.diagnostics };
      return implement({ ...describeCall(call, input.value), ...records.value });
    },
  };
}

function describeCall<Id extends OperationId>({ caller, services, signal }: RawCall, input: OperationInput<Id>): Call<Id> {
  return { input, caller, version: services.version, files: services.files, signal };
}
