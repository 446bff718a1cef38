/** What is wrong in a template, thrown inside of the interpreter only: its face turns it into a problem with its place. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';
  /** Where in the text, when the thrower knows better than the run; in UTF-16 units. */
  readonly at: number | undefined;

  constructor(message: string, at?: number) {
    super(message);
    this.at = at;
  }
}

/** Ends the template with what is wrong. */
export function failTemplate(message: string): never {
  throw new TemplateFault(message);
}
