/** What is laid over a Score file when it is deployed, in this order: first the files, then the properties. */
export interface Overrides {
  /** YAML files in the shape of the Score file, as far as they change it. */
  readonly files?: readonly { readonly file: string; readonly text: string }[];
  /** `PATH=VALUE`, as it was given. */
  readonly properties?: readonly string[];
}
