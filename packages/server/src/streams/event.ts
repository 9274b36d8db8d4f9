const encoder = new TextEncoder();

export interface ServerEvent {
  readonly event: string;
  readonly data: unknown;
  readonly id?: string;
}

/** One event of `text/event-stream`. The data is JSON, which has no line breaks outside of strings, and none inside either. */
export function encodeEvent({ event, data, id }: ServerEvent): Uint8Array {
  const name = id === undefined ? '' : `id: ${id}\n`;
  return encoder.encode(`${name}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

export const heartbeat: Uint8Array = encoder.encode(':\n\n');

/** Tells a client how long to wait before it comes back, in ms. */
export function encodeRetry(retryMs: number): Uint8Array {
  return encoder.encode(`retry: ${Math.round(retryMs)}\n\n`);
}
