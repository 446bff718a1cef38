export type Format = 'kubernetes' | 'compose';

/** What matching compares criteria with. */
export interface MatchContext {
  readonly project: string;
  readonly environment: string;
  readonly environmentType: string;
  /** The name of the matched target. */
  readonly target: string;
  readonly format: Format;
}

/** The deployment context in full: also what expressions see as `context`. */
export interface DeploymentContext extends MatchContext {
  /** From 1; counts how often an environment of this name was created. */
  readonly incarnation: number;
  /** Unique in the installation, DNS-safe, at most 40 characters. */
  readonly slug: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Tells the environment from one of the same names in another installation; absent without a store. Expressions do not see it. */
  readonly identity?: string;
}
