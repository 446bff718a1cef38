import { failLocally, isEnvelope, isProblem, toFailure, type ApiAnswer, type ApiFailure } from '../contract/index.ts';
import type { FetchResponse } from './fetch.ts';

/** Reads the answer of an operation. The data is taken as the contract promises it: server and client are made of the same list. */
export async function readAnswer<T>(response: FetchResponse): Promise<ApiAnswer<T>> {
  const parsed = parseJson(await readText(response));
  if (response.status >= 400) return readFailure(response.status, parsed);
  return isEnvelope<T>(parsed) ? { ok: true, data: parsed.data, diagnostics: parsed.diagnostics } : describeForeign(response.status);
}

/** Reads a problem document. */
export function readFailure(status: number, parsed: unknown): ApiFailure {
  return isProblem(parsed) ? toFailure(parsed) : describeForeign(status);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text of an answer; one that is cut off reads as none. */
async function readText(response: FetchResponse): Promise<string> {
  try {
    return await response.text();
  } catch {
    return '';
  }
}

export function describeForeign(status: number): ApiFailure {
  return { ...failLocally('T8013', `The answer with the status ${status} is not one of the tutti API, or it was cut off.`), status };
}
