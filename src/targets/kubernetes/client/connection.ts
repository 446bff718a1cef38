/** How an API server is reached. */
export interface Connection {
  /** Without a slash at its end. */
  readonly url: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly serverName?: string;
  /** Asked for each request. */
  readonly readToken: () => Promise<string | undefined>;
  /** Of tokens that are kept: this one was refused. */
  readonly forgetToken?: (token: string | undefined) => void;
}

export interface Impersonation {
  readonly user: string;
  readonly groups: readonly string[];
}
