/** What a token may do. `operate` may do what the others may; each of these only its own. */
export type Role = 'evaluate' | 'evaluate:client' | 'ingest' | 'operate';

/** One secret that is let in, without the secret. */
export interface Token {
  /** What a person calls it; the audit trail's `by`. */
  readonly name: string;
  readonly role: Role;
  /** SHA-256 of the secret in lower-case hex; `printf %s "$SECRET" | sha256sum` prints it. */
  readonly sha256: string;
}

/** Who asks, once a token was found. */
export type Caller = Pick<Token, 'name' | 'role'>;

/** What a route behind `requireRole` finds in `context.var`. */
export interface ServerEnvironment {
  Variables: {
    /** Who asks; `anonymous` with role operate where the server has no tokens. */
    token: Caller;
  };
}
