import { type Answer, askForDocument, type HttpDocument } from './http-document.ts';

/** Asks for a document by one request at a time, so that no answer overtakes a newer one. */
export class DocumentRequests {
  readonly #document: HttpDocument;
  #closing = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #known: Answer | undefined;

  constructor(document: HttpDocument) {
    this.#document = document;
  }

  /** The last answer; what failed since then left it as it is. */
  get known(): Answer | undefined {
    return this.#known;
  }

  /** @param background whether the process may end before there is an answer. */
  next(background: boolean): Promise<Answer> {
    const { signal } = this.#closing;
    const next = this.#last.then(async () => {
      const answer = await askForDocument(this.#document, this.#known, { signal, background });
      if (!signal.aborted) this.#known = answer;
      return answer;
    });
    this.#last = next.catch(() => {});
    return next;
  }

  /** Ends what is under way, and forgets the last answer. */
  forget(): void {
    this.#closing.abort();
    this.#closing = new AbortController();
    this.#known = undefined;
  }
}
