/** An effect that failed on the way; `code` is for programs, the message for people. */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  readonly code: string;
  readonly isRetryable: boolean;

  constructor(code: string, message: string, options?: { readonly cause?: unknown; readonly isRetryable?: boolean }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.isRetryable = options?.isRetryable ?? false;
  }
}
