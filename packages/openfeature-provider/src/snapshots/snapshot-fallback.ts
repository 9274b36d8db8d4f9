import { ageOf } from '../age.ts';
import type { Snapshot, SnapshotFile } from './snapshot-file.ts';

/** An error for whoever watches, and until when what is served is known to have been right, in ms since the epoch. */
export interface Doubt {
  readonly error: Error;
  readonly asOf?: number;
}

/** Keeps what a store gives on disk, and serves that where a first reading fails. */
export class SnapshotFallback<T> {
  readonly #file: SnapshotFile<T>;
  /** From a reading that failed until the store gives something itself. */
  #serving: { readonly snapshot: Snapshot<T>; readonly reason: Error } | undefined;

  constructor(file: SnapshotFile<T>) {
    this.#file = file;
  }

  /** What whoever begins to watch has to be told first. */
  get doubt(): Doubt | undefined {
    if (this.#serving === undefined) return undefined;
    const { snapshot, reason } = this.#serving;
    const age = ageOf(Date.now() - snapshot.takenAt);
    const message = `serving the snapshot of ${new Date(snapshot.takenAt).toISOString()} (${age} old): ${reason.message}`;
    return { error: new Error(message, { cause: reason }), asOf: snapshot.takenAt };
  }

  async read(read: () => Promise<T>): Promise<T> {
    try {
      const content = await read();
      this.keep(content);
      return content;
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      const snapshot = await this.#file.load(reason);
      this.#serving = { snapshot, reason };
      return snapshot.content;
    }
  }

  /** The store gave this itself. */
  keep(content: T): void {
    this.#serving = undefined;
    this.#file.save(content);
  }

  /** The store told this error; `undefined` where it says nothing new. */
  doubtAfter(told: Doubt): Doubt | undefined {
    if (this.#serving === undefined) return told;
    if (told.error.message === this.#serving.reason.message) return undefined;
    this.#serving = { ...this.#serving, reason: told.error };
    return this.doubt;
  }

  /**
   * Forgets before it closes, as a new start need not wait for that. Resolves once the disk has what was kept, or could not
   * be written.
   */
  async close(close: () => Promise<void>): Promise<void> {
    this.#serving = undefined;
    await close();
    await this.#file.settled();
  }
}
