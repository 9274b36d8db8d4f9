import type { IncomingHttpHeaders } from 'node:http';

/** However long a server asks to be left alone, it is asked again within the hour. */
export const LONGEST_RETRY_AFTER_MS = 3_600_000;

/** A request had no answer, or not the one that was asked for. */
export class ResponseError extends Error {
  override readonly name = 'ResponseError';
  /** `undefined` where there was no answer. */
  readonly status: number | undefined;
  /** How long the server wants to be left alone. */
  readonly retryAfterMs: number | undefined;

  /** `fault` goes on where the address ends: `answered 404`. */
  constructor(url: URL, fault: string, status?: number, retryAfterMs?: number) {
    super(`${placeOf(url)} ${fault}`);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** An address for messages, without what may be secret in it: user, password and query. */
export function placeOf(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/** @throws {TypeError} for a text that is no address, or one of another protocol. */
export function httpUrl(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href))
    throw new TypeError(`${text} is no URL: write it out, as in https://example.com/flags.yaml`);
  const url = new URL(text, base);
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw new TypeError(`${text} is no address of a web server: it has to begin with https:// or http://`);
}

/** `Retry-After` is a number of seconds, or a date. */
export function retryAfterOf(headers: IncomingHttpHeaders): number | undefined {
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  const delayMs = /^\s*\d+\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(delayMs) ? undefined : Math.min(Math.max(0, delayMs), LONGEST_RETRY_AFTER_MS);
}
