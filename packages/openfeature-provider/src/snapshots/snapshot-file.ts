import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { JsonObject } from '@sluice/core';
import { readTextFileIfAny } from '../read-text-file.ts';
import { writeAtomically } from '../write-atomically.ts';

/** What was read from a snapshot, and when it was true. */
export interface Snapshot<T> {
  readonly content: T;
  /** ms since the epoch. */
  readonly takenAt: number;
}

/**
 * One value on disk, readable by its owner only, replaced whole. Writing goes on beside the application, never makes it
 * wait, and never fails it: a disk that cannot be written is said once, by a process warning.
 */
export class SnapshotFile<T> {
  readonly #path: string;
  readonly #toJson: (content: T) => JsonObject;
  readonly #fromJson: (json: unknown) => T;
  #next: JsonObject | undefined;
  #writing: Promise<void> | undefined;
  #warned = false;

  /** @param fromJson throws for what is no such value. */
  constructor(path: string, toJson: (content: T) => JsonObject, fromJson: (json: unknown) => T) {
    this.#path = resolve(path);
    this.#toJson = toJson;
    this.#fromJson = fromJson;
  }

  /**
   * For whom `reason` left without an answer.
   *
   * @throws `reason` where there is no snapshot; the same and why, where the snapshot cannot be used.
   */
  async load(reason: Error): Promise<Snapshot<T>> {
    try {
      const snapshot = await this.loadIfAny();
      if (snapshot === undefined) throw reason;
      return snapshot;
    } catch (error) {
      if (error === reason) throw reason;
      const fault = `and its snapshot ${this.#path} cannot be used: ${(error as Error).message}`;
      throw new Error(`${reason.message}; ${fault}`, { cause: reason });
    }
  }

  /** @throws where there is a snapshot that cannot be used. */
  async loadIfAny(): Promise<Snapshot<T> | undefined> {
    await this.#writing;
    const text = await readTextFileIfAny(this.#path);
    if (text === undefined) return undefined;
    const { takenAt, content } = JSON.parse(text);
    if (typeof takenAt !== 'number' || Number.isNaN(new Date(takenAt).getTime())) {
      throw new Error('it does not say when it was taken');
    }
    return { takenAt, content: this.#fromJson(content) };
  }

  /** Keeps a value that is true now. */
  save(content: T): void {
    this.#next = { takenAt: Date.now(), content: this.#toJson(content) };
    this.#writing ??= this.#write();
  }

  /** Resolves once what was saved is on the disk, or could not be written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** Of several that were saved meanwhile only the last is written. */
  async #write(): Promise<void> {
    while (this.#next !== undefined) {
      const text = `${JSON.stringify(this.#next)}\n`;
      this.#next = undefined;
      try {
        await mkdir(dirname(this.#path), { recursive: true });
        await writeAtomically(this.#path, text, { mode: 0o600 });
      } catch (error) {
        this.#warn(error as Error);
      }
    }
    this.#writing = undefined;
  }

  #warn({ message }: Error): void {
    if (this.#warned) return;
    this.#warned = true;
    process.emitWarning(`The snapshot ${this.#path} cannot be written, and will be old: ${message}`, 'SluiceWarning');
  }
}
