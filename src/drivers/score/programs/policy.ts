/** Where programs of provisioner files may be run, and within which limits. */
export type ProgramPolicy = { readonly kind: 'refused'; readonly cure: string } | AllowedPrograms;

export interface AllowedPrograms {
  readonly kind: 'allowed';
  /** Where relative paths begin, and where programs run. */
  readonly folder: string;
  /** The home folder, for `~`. */
  readonly home: string;
  /** All that a program sees of the environment. */
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Of standard output, and of standard error. */
  readonly outputBytesMax: number;
}
