import * as z from 'zod';
import type { Diagnostic } from '../core/index.ts';
import { component, diagnostics } from './schemas/common.ts';

export const problemType = 'application/problem+json';

/** What a failed request is answered with. Source: RFC 9457. */
export const problemSchema = component(
  'Problem',
  z.strictObject({
    /** Relative to the server; names the section of the error's description. */
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    diagnostics,
  }),
);

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly diagnostics: readonly Diagnostic[];
}

const statuses: Readonly<Record<string, number>> = {
  T4010: 409,
  T4011: 409,
  T5105: 409,
  T7211: 409,
  T7201: 404,
  T7202: 409,
  T7203: 409,
  T7205: 409,
  T7206: 409,
  T7207: 409,
  T7208: 401,
  T8001: 401,
  T8002: 403,
  T8003: 404,
  T8004: 405,
  T8005: 400,
  T8006: 400,
  T8007: 413,
  T8008: 415,
  T8009: 421,
  T8010: 500,
  T8011: 503,
  T8016: 409,
  T8018: 409,
  T8019: 409,
};

/**
 * The HTTP status of a failure by its code.
 * Rule: 400 the request has not the form of the operation; 422 it has, but what it carries or asks for is wrong; 503 the database is away.
 */
export function statusOf(code: string): number {
  const status = Object.hasOwn(statuses, code) ? statuses[code] : undefined;
  if (status !== undefined) return status;
  return code.startsWith('T70') ? 503 : 422;
}

/**
 * Makes the problem document of diagnostics with an error among them; the first error names it.
 * Shape: diagnostics in, a plain record out, which is JSON as it stands.
 */
export function describeProblem(all: readonly Diagnostic[]): Problem {
  const first = all.find((each) => each.severity === 'error') ?? unexplained;
  return {
    type: `/errors#${first.code}`,
    title: first.summary,
    status: statusOf(first.code),
    detail: first.detail,
    code: first.code,
    diagnostics: all,
  };
}

const unexplained = { code: 'T8010', summary: 'tutti has a defect', detail: 'The operation gave neither a result nor a reason.' } as const;
