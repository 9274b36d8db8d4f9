import { createHash } from 'node:crypto';
import type { DocumentText, EditableSource, Reading, Source, SourceChange } from '@sluice/core';
import { type Following, followSource, signText } from '@sluice/openfeature-provider';

/** Waits this long before it asks again for a text that could not be read, in ms. */
const RETRY_MS = 1_000;

/** A document as other processes get it. */
export interface PublishedDocument extends DocumentText {
  /** Ed25519 over the text's bytes, in base64. */
  readonly signature: string | undefined;
}

export interface PublishedDocumentOptions {
  readonly signingKey: string | undefined;
  /** Told of each document that differs from the one before. */
  readonly onChange: (document: PublishedDocument) => void;
}

/**
 * Keeps the text of the document that is evaluated here, so that a request for it costs no reading. Its `source` is the one
 * that was given, and each document which is read from there is noted on the way.
 */
export class DocumentPublisher {
  readonly source: Source;
  readonly #given: Source | EditableSource;
  readonly #options: PublishedDocumentOptions;
  #following: Following<SourceChange> | undefined;
  #document: PublishedDocument | undefined;
  #reading: Promise<void> | undefined;
  #dirty = false;
  #retry: NodeJS.Timeout | undefined;
  /** What fails because of the closing is not tried again. */
  #closed = false;
  #readAt: number | undefined;
  #drifts = false;
  #isVersioned = false;

  constructor(source: Source | EditableSource, options: PublishedDocumentOptions) {
    this.#given = source;
    this.#options = options;
    this.source = {
      name: source.name,
      read: async () => this.#note((await this.#join().read()).reading as Reading),
      ...(source.watch === undefined ? {} : { watch: (listener) => this.#watch(listener) }),
      close: async () => {
        this.#closed = true;
        clearTimeout(this.#retry);
        await this.#following?.close();
        this.#following = undefined;
      },
    };
  }

  /** One of those who follow the source, as a provider of this process may be that was given the same one. */
  #join(): Following<SourceChange> {
    this.#following ??= followSource(this.#given);
    return this.#following;
  }

  /** When the document was read, in ms since the epoch. */
  get readAt(): number | undefined {
    return this.#readAt;
  }

  /** Whether answers may change while the document does not: it asks for the time, or has sticky flags. */
  get drifts(): boolean {
    return this.#drifts;
  }

  /** Whether the author wrote the document's version; else it is made of all contents. */
  get isVersioned(): boolean {
    return this.#isVersioned;
  }

  /** `undefined` before the first. */
  async current(): Promise<PublishedDocument | undefined> {
    // Also while one is under way: the text that was noted is not here before it ends.
    if (this.#dirty || this.#reading !== undefined) await this.#read();
    return this.#document;
  }

  #watch(listener: Parameters<NonNullable<Source['watch']>>[0]): void {
    this.#join().watch((change) => {
      if (change.reading !== undefined) this.#note(change.reading);
      listener(change);
    });
  }

  #note(reading: Reading): Reading {
    this.#readAt = Date.now();
    this.#closed = false;
    this.#isVersioned = reading.document.version !== undefined;
    const text = JSON.stringify(reading.document);
    // A payload may say the same words: then one answer more is made anew each minute.
    this.#drifts = /"(now|sticky)":/.test(text);
    if ('readText' in this.#given) {
      this.#dirty = true;
      void this.#read();
    } else {
      this.#publish({ text, revision: createHash('sha256').update(text).digest('hex').slice(0, 16) });
    }
    return reading;
  }

  /** One at a time; what was noted while one was under way is read after it. */
  #read(): Promise<void> {
    this.#reading ??= this.#readText().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readText(): Promise<void> {
    clearTimeout(this.#retry);
    while (this.#dirty && 'readText' in this.#given) {
      this.#dirty = false;
      try {
        const found = await this.#given.readText();
        if (found !== undefined) this.#publish(found);
      } catch {
        // LiveFlags says what is wrong with the source; here the last text goes on being handed out.
        this.#dirty = true;
        if (this.#closed) return;
        this.#retry = setTimeout(() => void this.#read(), RETRY_MS);
        this.#retry.unref();
        return;
      }
    }
  }

  #publish({ text, revision }: DocumentText): void {
    if (this.#document?.revision === revision && this.#document.text === text) return;
    const { signingKey } = this.#options;
    const signature = signingKey === undefined ? undefined : signText(text, signingKey);
    this.#document = { text, revision, signature };
    this.#options.onChange(this.#document);
  }
}
