/** How a value is to be printed: what stands between the `%` and the verb. */
export interface Flags {
  readonly plus: boolean;
  readonly minus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

export const noFlags: Flags = {
  plus: false,
  minus: false,
  sharp: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
};

/** Fills a text up to the width: at the left, or at the right where it is to begin at the left. */
export function pad(text: string, { width, minus, zero }: Flags): string {
  const missing = width === undefined ? 0 : width - Array.from(text).length;
  if (missing <= 0) return text;
  if (minus) return text + ' '.repeat(missing);
  return (zero ? '0' : ' ').repeat(missing) + text;
}

export function padWithSpaces(text: string, flags: Flags): string {
  return pad(text, { ...flags, zero: false });
}
