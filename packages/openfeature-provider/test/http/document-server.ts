import type { IncomingMessage, ServerResponse } from 'node:http';

export interface ServedDocument {
  text: string | undefined;
  /** Beside those that the way of serving adds. */
  headers: Record<string, string>;
  /** What was asked, oldest first. */
  readonly requests: IncomingMessage[];
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** Tells every open stream of the document as it is now, as a Sluice server does. */
  announce(): void;
  /** Breaks every open stream off. */
  hangUp(): void;
}

/** How a server says whether a document is another one. */
export type Validator = 'etag' | 'last-modified' | 'none';

/** A document at every path but `/stream`, which is a stream of its revisions. */
export function servedDocument(validator: Validator): ServedDocument {
  const streams = new Set<ServerResponse>();
  let revision = 0;
  let served: string | undefined;
  let changedAt = 0;
  const look = (): void => {
    if (served === document.text) return;
    served = document.text;
    revision++;
    changedAt = Date.now();
  };
  const event = (): string => {
    look();
    return `event: document\ndata: {"revision": "${revision}"}\n\n`;
  };
  const document: ServedDocument = {
    text: undefined,
    headers: { 'content-type': 'application/json' },
    requests: [],
    answer(request, response) {
      look();
      if (request.url === '/stream') {
        streams.add(response.writeHead(200, { 'content-type': 'text/event-stream' }));
        response.write(event());
        response.on('close', () => streams.delete(response));
        return;
      }
      document.requests.push(request);
      if (document.text === undefined) return void response.writeHead(404).end();
      const etag = `"${revision}"`;
      const lastModified = new Date(changedAt).toUTCString();
      const same =
        (validator === 'etag' && request.headers['if-none-match'] === etag) ||
        (validator === 'last-modified' && request.headers['if-modified-since'] === lastModified);
      const headers = {
        ...(validator === 'etag' ? { etag } : validator === 'last-modified' ? { 'last-modified': lastModified } : {}),
        ...document.headers,
      };
      if (same) return void response.writeHead(304, headers).end();
      response.writeHead(200, headers).end(document.text);
    },
    announce() {
      for (const stream of streams) stream.write(event());
    },
    hangUp() {
      for (const stream of streams) stream.destroy();
    },
  };
  return document;
}
