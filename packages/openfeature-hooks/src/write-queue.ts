import { inspect } from 'node:util';
import type { MeasurementRecord, Sink } from '@sluice/core';

export interface WriteQueueOptions<Entry> {
  readonly sink: Sink;
  readonly maxBuffered: number;
  readonly batchSize: number;
  readonly flushIntervalMs: number;
  /** Called once an entry, when its batch is made up, so that each try offers the same record. */
  readonly toRecord: (entry: Entry) => MeasurementRecord;
}

const TRIES_PER_FLUSH = 3;
const LONGEST_WAIT_MS = 30_000;

/**
 * A bounded buffer before a sink, with at most one write under way. While something is buffered and nothing is being
 * written, an unref'd timer is armed; `flush` needs none.
 */
export class WriteQueue<Entry> {
  readonly #options: WriteQueueOptions<Entry>;
  readonly #waiting: Entry[] = [];
  /** Taken from `#waiting` and not acknowledged yet; after a failed try it is offered again as it is. */
  #batch: readonly MeasurementRecord[] = [];
  #try: Promise<boolean> | undefined;
  #failuresInARow = 0;
  #draining = false;
  #timer: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;
  #taken = 0;
  #stored = 0;
  #dropped = 0;
  #failedWrites = 0;
  #lastError: string | undefined;

  constructor(options: WriteQueueOptions<Entry>) {
    this.#options = options;
  }

  /** False where the entry was dropped: the buffer is full, or the queue closed. */
  offer(entry: Entry): boolean {
    const { maxBuffered, batchSize, flushIntervalMs } = this.#options;
    if (this.#closing !== undefined || this.#buffered >= maxBuffered) {
      this.#dropped += 1;
      return false;
    }
    this.#taken += 1;
    this.#waiting.push(entry);
    if (this.#draining) return true;
    if (this.#waiting.length === batchSize && this.#failuresInARow === 0) this.#arm(0);
    else if (this.#timer === undefined) this.#arm(flushIntervalMs);
    return true;
  }

  counts(): { stored: number; dropped: number; failedWrites: number; lastError?: string } {
    return {
      stored: this.#stored,
      dropped: this.#dropped,
      failedWrites: this.#failedWrites,
      ...(this.#lastError === undefined ? {} : { lastError: this.#lastError }),
    };
  }

  /** Resolves once all that was offered before is stored or dropped, or the sink has refused three times. */
  async flush(): Promise<void> {
    const target = this.#taken;
    let failures = 0;
    while (this.#taken - this.#buffered < target && failures < TRIES_PER_FLUSH) {
      if (!(await this.#write())) failures += 1;
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  async #shut(): Promise<void> {
    await this.flush();
    // Somebody else's flush may have begun another try; what it writes must not be counted as dropped too.
    while (this.#try !== undefined) await this.#try;
    this.#disarm();
    this.#dropped += this.#buffered;
    this.#waiting.length = 0;
    this.#batch = [];
    try {
      await this.#options.sink.close();
    } catch (error) {
      this.#lastError = messageOf(error);
    }
  }

  get #buffered(): number {
    return this.#waiting.length + this.#batch.length;
  }

  /** Whoever wants a batch written while one is under way waits for that one. */
  #write(): Promise<boolean> {
    this.#try ??= this.#writeBatch().finally(() => {
      this.#try = undefined;
    });
    return this.#try;
  }

  async #writeBatch(): Promise<boolean> {
    const { sink, batchSize, toRecord } = this.#options;
    try {
      if (this.#batch.length === 0) this.#batch = this.#waiting.splice(0, batchSize).map(toRecord);
      if (this.#batch.length > 0) await sink.write(this.#batch);
    } catch (error) {
      this.#failedWrites += 1;
      this.#failuresInARow += 1;
      this.#lastError = messageOf(error);
      return false;
    }
    this.#stored += this.#batch.length;
    this.#batch = [];
    this.#failuresInARow = 0;
    if (this.#buffered === 0) this.#disarm();
    return true;
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    while (this.#buffered > 0 && (await this.#write()));
    this.#draining = false;
    if (this.#buffered > 0)
      this.#arm(Math.min(this.#options.flushIntervalMs * 2 ** this.#failuresInARow, LONGEST_WAIT_MS));
  }

  #arm(delayMs: number): void {
    this.#disarm();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#drain();
    }, delayMs).unref();
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : inspect(error);
}
