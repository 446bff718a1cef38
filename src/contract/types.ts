import type * as z from 'zod';
import type { Diagnostic, Json } from '../core/index.ts';
import type { OperationId, operations } from './operations.ts';

/** The same data, to be read only. */
export type Plain<T> = T extends string | number | boolean | null | undefined
  ? T
  : Json extends T
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : { readonly [Key in keyof T]: Plain<T[Key]> };

type Table = typeof operations;

type Address<Id extends OperationId> = PartOf<Table[Id], 'params'> & PartOf<Table[Id], 'query'>;

type PartOf<O, Key extends string> = O extends Readonly<Record<Key, infer Schema extends z.ZodType>> ? Plain<z.output<Schema>> : unknown;

type Body<Id extends OperationId> = Table[Id] extends { readonly body: infer Schema extends z.ZodType }
  ? { readonly body: Plain<z.output<Schema>> }
  : unknown;

/** What an operation is called with: the fields of its path and query, and its body. */
export type OperationInput<Id extends OperationId> = Address<Id> & Body<Id> & object;

/** What an operation answers with; of a stream, one event. */
export type OperationOutput<Id extends OperationId> = Plain<z.output<Table[Id]['output']>>;

export type StreamId = { [Id in OperationId]: Table[Id]['isStream'] extends true ? Id : never }[OperationId];

export type CallId = Exclude<OperationId, StreamId>;

/** An answer of the API as a value. */
export type ApiAnswer<T> = ApiSuccess<T> | ApiFailure;

export interface ApiSuccess<T> {
  readonly ok: true;
  readonly data: T;
  /** Warnings and notes. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ApiFailure {
  readonly ok: false;
  /** The HTTP status; 0 where none came. */
  readonly status: number;
  /** Of the first error. */
  readonly code: string;
  readonly diagnostics: readonly Diagnostic[];
}
