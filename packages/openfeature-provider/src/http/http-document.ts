import { createHash, type KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { DocumentError, type SourceChange } from '@sluice/core';
import { parseText, type TextFormat } from '@sluice/core/text';
import { exchange, type Reply } from './exchange.ts';
import { placeOf, ResponseError, retryAfterOf } from './response-error.ts';
import { signatureFault, signatureHeader } from './signature.ts';

/** A code unit of a text takes up to three bytes in UTF-8. */
const BYTES_PER_CHARACTER = 3;
const MAX_LENGTH = 16 * 2 ** 20;
/** Room for base64 of 64 bytes, and for the line ends that editors add. */
const MAX_SIGNATURE_BYTES = 1024;

export interface HttpDocument {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly maxLength: number | undefined;
  readonly signature: { readonly publicKey: KeyObject; readonly url: URL; readonly onlyThere: boolean } | undefined;
}

/** A body that was got whole and, where that is asked for, is signed; whether it is a usable document is `change`. */
export interface Answer {
  /** Equal for answers of which the second says nothing new. */
  readonly identity: string;
  /** By which the server can say that nothing has changed; empty where it gave nothing to ask with. */
  readonly conditions: Readonly<Record<string, string>>;
  /** The server's name for this state, without quotes. */
  readonly revision: string | undefined;
  readonly change: SourceChange;
}

export interface Asking {
  readonly signal: AbortSignal;
  readonly background: boolean;
}

/**
 * Asks for the document, or, where an answer is known already, whether it is another one by now.
 *
 * @throws {ResponseError} where there is no answer, not the right one, or one that is not signed as it has to be.
 */
export async function askForDocument(
  document: HttpDocument,
  known: Answer | undefined,
  asking: Asking,
): Promise<Answer> {
  const { url, timeoutMs, maxLength = MAX_LENGTH } = document;
  const headers = { ...document.headers, ...known?.conditions };
  const maxBytes = BYTES_PER_CHARACTER * maxLength;
  const reply = await exchange({ url, headers, timeoutMs, maxBytes, ...asking });
  if (reply.status === 304 && known !== undefined) return known;
  requireStatusOk(url, reply);
  await requireSignature(document, reply, asking);
  const format = formatOf(url, reply.headers);
  return {
    identity: `${format} ${createHash('sha256').update(reply.body).digest('hex')}`,
    conditions: conditionsOf(reply.headers),
    revision: reply.headers.etag?.replace(/^(?:W\/)?"(.*)"$/, '$1'),
    change: parse(document, reply.body, format),
  };
}

function requireStatusOk(url: URL, { status, headers }: Reply): void {
  if (status !== 200) throw new ResponseError(url, `answered ${status}`, status, retryAfterOf(headers));
}

/** Before anything is made of the body: what is not signed is not even parsed. */
async function requireSignature(document: HttpDocument, reply: Reply, asking: Asking): Promise<void> {
  const { url, headers, timeoutMs, signature } = document;
  if (signature === undefined) return;
  const header = signature.onlyThere ? undefined : reply.headers[signatureHeader];
  const text = typeof header === 'string' ? header : await readSignature();
  const fault = signatureFault(reply.body, text, signature.publicKey);
  if (fault !== undefined) throw new ResponseError(url, fault);

  async function readSignature(): Promise<string> {
    const place = signature?.url ?? url;
    const request = { url: place, headers: place.origin === url.origin ? headers : {}, timeoutMs };
    const { status, body } = await exchange({ ...request, maxBytes: MAX_SIGNATURE_BYTES, ...asking });
    if (status === 200) return body.toString('latin1');
    const where = signature?.onlyThere ? '' : `it came without the header ${signatureHeader}, and `;
    throw new ResponseError(url, `has no signature: ${where}${placeOf(place)} answered ${status}`);
  }
}

/**
 * A time of change has no parts of a second, so it tells states of one second apart only once that second is over: a
 * server whose clock says that it may not be is asked for the whole document again.
 */
function conditionsOf(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const { etag, date = '', 'last-modified': lastModified } = headers;
  if (etag !== undefined) return { 'if-none-match': etag };
  if (lastModified === undefined) return {};
  return Date.parse(date) - Date.parse(lastModified) >= 1000 ? { 'if-modified-since': lastModified } : {};
}

function formatOf(url: URL, headers: IncomingHttpHeaders): TextFormat | undefined {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (/[/+](x-)?json$/.test(type)) return 'json';
  if (/[/+](x-)?yaml$/.test(type)) return 'yaml';
  return /\.json$/i.test(url.pathname) ? 'json' : /\.ya?ml$/i.test(url.pathname) ? 'yaml' : undefined;
}

function parse({ url, maxLength }: HttpDocument, body: Uint8Array, format: TextFormat | undefined): SourceChange {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return { error: new Error(`${placeOf(url)} cannot be read: it is not UTF-8`) };
  }
  const options = { ...(format === undefined ? {} : { format }), ...(maxLength === undefined ? {} : { maxLength }) };
  const { document, problems } = parseText(text, options);
  return document === undefined
    ? { error: new DocumentError(placeOf(url), problems) }
    : { reading: { document, warnings: problems } };
}
