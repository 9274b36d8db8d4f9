import type { Source, SourceChange } from '@sluice/core';
import { DocumentRequests } from './document-requests.ts';
import { followEvents } from './event-stream.ts';
import type { HttpDocument } from './http-document.ts';
import { repeat } from './repeat.ts';
import { httpUrl, placeOf, ResponseError } from './response-error.ts';
import { publicKeyOf } from './signature.ts';

/** An event of the document only names its revision; beside it come the states of every switch. */
const MAX_EVENT_LENGTH = 16 * 2 ** 20;

export interface HttpSourceOptions {
  /** Sent with every request to the origin of the URL, such as `{ authorization: 'Bearer …' }`. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** A stream of server-sent events that tells at once of a new document, as a Sluice server has it at `/v1/stream`. @default none */
  readonly stream?: string;
  /** How often the document is asked for, sooner or later by up to a fifth. @default 30_000 */
  readonly pollIntervalMs?: number;
  /** How long an answer may take, its body included. @default 5_000 */
  readonly timeoutMs?: number;
  /** Longest document that is read, in characters. @default 16 MiB as JSON, 2 MiB as YAML */
  readonly maxLength?: number;
  /** Refuses a document that is not signed with the key that belongs to this one. @default it need not be signed */
  readonly signature?: HttpSignature;
}

export interface HttpSignature {
  /** Ed25519, in PEM. */
  readonly publicKey: string;
  /** Where the signature is, as base64. @default the header `Sluice-Signature`, else the document's URL with `.sig` added to its path */
  readonly url?: string;
}

/**
 * Serves a document from a Sluice server, or from any web server or bucket, and each later state of it. It is asked for by
 * its ETag, else by the time of its last change, so that it is sent only where it is another one; a server that has neither
 * sends it each time.
 *
 * @throws {TypeError} for what is no URL of a web server, and for a key that is no Ed25519 public key.
 */
export function httpSource(url: string, options: HttpSourceOptions = {}): Source {
  const { pollIntervalMs = 30_000 } = options;
  const document = documentOf(httpUrl(url), options);
  const streamUrl = options.stream === undefined ? undefined : httpUrl(options.stream, document.url);
  const requests = new DocumentRequests(document);
  /** What was told last: the identity of an answer, or the message of an error. */
  let told: string | undefined;
  let failure: Error | undefined;
  let stop = (): void => {};

  return {
    name: placeOf(document.url),
    async read() {
      const { identity, change } = await requests.next(false).catch((error: Error) => {
        failure = error;
        told = error.message;
        throw error;
      });
      failure = undefined;
      told = identity;
      if (change.error !== undefined) throw change.error;
      return change.reading;
    },
    watch(listener) {
      stop();
      let stopped = false;
      const tell = (what: string, change: SourceChange): void => {
        if (stopped || what === told) return;
        told = what;
        listener(change);
      };
      const poll = async (): Promise<void> => {
        const { identity, change } = await requests.next(true).catch((error: Error) => {
          tell(error.message, { error });
          throw error;
        });
        tell(identity, change);
      };
      const polls = repeat(pollIntervalMs, poll, failure);
      const isTold = (revision: string): boolean =>
        requests.known?.revision === revision && requests.known.identity === told;
      const unfollow = streamUrl && followDocument(document, streamUrl, polls.now, isTold);
      stop = () => {
        stopped = true;
        polls.stop();
        unfollow?.();
      };
    },
    async close() {
      stop();
      requests.forget();
      told = undefined;
      failure = undefined;
    },
  };
}

function documentOf(url: URL, options: HttpSourceOptions): HttpDocument {
  const { headers = {}, timeoutMs = 5_000, maxLength, signature } = options;
  return {
    ...{ url, headers, timeoutMs, maxLength },
    signature: signature && {
      publicKey: publicKeyOf(signature.publicKey),
      url: signature.url === undefined ? besideOf(url) : httpUrl(signature.url, url),
      onlyThere: signature.url !== undefined,
    },
  };
}

function besideOf(url: URL): URL {
  const beside = new URL(url);
  beside.pathname += '.sig';
  return beside;
}

/** Follows the stream of a server, and polls where it names another revision than the one that was told, or breaks off. */
function followDocument(
  { url, headers, timeoutMs }: HttpDocument,
  streamUrl: URL,
  poll: () => void,
  isTold: (revision: string) => boolean,
): () => void {
  let warned = false;
  return followEvents({
    ...{ url: streamUrl, headers: streamUrl.origin === url.origin ? headers : {} },
    ...{ timeoutMs, maxLength: MAX_EVENT_LENGTH },
    onEvent({ event, data }) {
      if (event === 'document' && !isTold(revisionOf(data))) poll();
    },
    onDown(error, wasOpen) {
      if (wasOpen) poll();
      // Polling goes on, and nobody would notice that each change takes longer than it has to.
      if (!warned && error instanceof ResponseError && isForGood(error)) {
        warned = true;
        process.emitWarning(`${error.message}; ${placeOf(url)} is polled alone`, 'SluiceWarning');
      }
    },
  });
}

/** Whether the stream will not be there the next time either. */
function isForGood({ status }: ResponseError): boolean {
  return status !== undefined && status < 500 && status !== 429;
}

/** An event that cannot be understood names no revision that is known. */
function revisionOf(data: string): string {
  try {
    return String(JSON.parse(data).revision);
  } catch {
    return '';
  }
}
