export { createClient, type CallOptions, type Client, type ClientOptions, type StreamItem } from './client.ts';
export type { Fetch, FetchInit, FetchResponse } from './fetch.ts';
export type {
  ApiAnswer,
  ApiFailure,
  ApiSuccess,
  CallId,
  OperationId,
  OperationInput,
  OperationOutput,
  StreamId,
} from '../contract/index.ts';
