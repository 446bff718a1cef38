import type * as z from 'zod';
import type { Code } from '../core/index.ts';
import type { Permission } from './permissions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One thing that the API can do, as data. */
export interface Operation {
  readonly method: Method;
  /** `{name}` stands for a parameter. */
  readonly path: `/api/v1/${string}`;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly output: z.ZodType;
  /** The HTTP status of success. */
  readonly status: 200 | 201 | 202;
  /** Codes of its own; those of every operation (no token, a malformed request, a defect) are not repeated. */
  readonly errors: readonly Code[];
  readonly permission: Permission;
  /** Whether it reads or writes what is kept; where not, it works on files alone. */
  readonly needsStore: boolean;
  /** Answers with a stream of server-sent events, each an `output`. */
  readonly isStream: boolean;
}

export type OperationTable = Readonly<Record<string, Operation>>;
