import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Why a request was not taken, as `/metrics` counts it. */
export type RefusalCause =
  | 'body'
  | 'connections'
  | 'content-type'
  | 'headers'
  | 'host'
  | 'json'
  | 'malformed'
  | 'method'
  | 'origin'
  | 'path'
  | 'rate'
  | 'role'
  | 'route'
  | 'streams'
  | 'ticket'
  | 'timeout'
  | 'token';

/** Thrown by any route or middleware: the server counts it by its cause and answers with its status. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: ContentfulStatusCode;
  readonly reason: RefusalCause;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ContentfulStatusCode,
    reason: RefusalCause,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.headers = headers;
  }
}
