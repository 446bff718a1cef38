import { lastEventHeader, operations, type OperationId } from '../../contract/index.ts';
import { fail, hasErrors, invariant, diagnose, type Outcome } from '../../core/index.ts';
import type { Caller } from '../access.ts';
import { dispatch } from '../operations/dispatch.ts';
import type { RawInput } from '../operations/parse-input.ts';
import type { Services } from '../services.ts';
import { findRoute } from './find-route.ts';
import { readBody } from './read-body.ts';
import { respondFailure, respondStream, respondSuccess, type ApiResponse } from './response.ts';

/** A request of the API, wherever it came from. */
export interface ApiRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly header: (name: string) => string | undefined;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/**
 * Answers a request of the API.
 * Rule: the whole of both transports: what differs between them is how bytes come and go, and how the caller is known.
 * Reports: T8003–T8006, T8008, T8010, T8011, and what the operation reports.
 */
export async function answerRequest(
  request: ApiRequest,
  { services, caller }: { readonly services: Services; readonly caller: Caller },
): Promise<ApiResponse> {
  const [path = '', query = ''] = splitOnce(request.target);
  const route = findRoute(request.method, path);
  if (!route.value) return respondFailure(route.diagnostics);
  const { id, params } = route.value;
  const raw = readRaw(request, { params, query });
  if (!raw.value) return respondFailure(raw.diagnostics);
  const outcome = await dispatch(id, { raw: withLastEvent(id, raw.value, request), caller, services, signal: request.signal });
  return respond(id, outcome, { services, signal: request.signal });
}

function splitOnce(target: string): readonly string[] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target] : [target.slice(0, mark), target.slice(mark + 1)];
}

function readRaw(
  request: ApiRequest,
  address: { readonly params: Readonly<Record<string, string>>; readonly query: string },
): Outcome<RawInput> {
  const body = readBody(request.body, request.header('content-type'));
  if (hasErrors(body.diagnostics)) return { diagnostics: body.diagnostics };
  const query = [...new URLSearchParams(address.query)];
  const texts = [...Object.values(address.params), ...query.flat()];
  if (texts.some((text) => text.includes('\0')))
    return fail(diagnose('T8006', { detail: 'The address holds a NUL character, which names nothing.' }));
  return { value: { params: address.params, query: Object.fromEntries(query), body: body.value }, diagnostics: [] };
}

/** A stream that is taken up again says by a header where it was. */
function withLastEvent(id: OperationId, raw: RawInput, request: ApiRequest): RawInput {
  const after = operations[id].isStream ? request.header(lastEventHeader) : undefined;
  return after === undefined ? raw : { ...raw, query: { ...raw.query, after } };
}

function respond(
  id: OperationId,
  outcome: Outcome<unknown>,
  context: { readonly services: Services; readonly signal: AbortSignal },
): ApiResponse {
  const { value, diagnostics } = outcome;
  if (hasErrors(diagnostics) || value === undefined) return respondFailure(diagnostics);
  if (!operations[id].isStream) return respondSuccess(operations[id].status, value, diagnostics);
  invariant(isStream(value), `the operation ${id} gives a stream`);
  return respondStream(value, { id, ...context });
}

function isStream(value: unknown): value is AsyncIterable<{ readonly sequence: number; readonly type: string }> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
