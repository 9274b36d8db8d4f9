import type { MeasurementRecord } from './record.ts';

/** Takes batches of exposures and outcomes. */
export interface Sink {
  /** What a person calls it, for messages, such as `ndjson .sluice`. */
  readonly name: string;
  /**
   * Resolves once the batch is stored; what was acknowledged survives the process. One call at a time.
   *
   * @throws rejects where nothing of the batch, or only a part of it, could be stored; the recorder tries again with the
   * same records, and a store counts a record once by its identity.
   */
  write(batch: readonly MeasurementRecord[]): Promise<void>;
  /**
   * The key that unit ids and feedback tokens are hashed with, at least 16 bytes, shared by all who record to this
   * place. Asked once, by a recorder that was given no key.
   *
   * @throws where the key can neither be read nor made.
   */
  key?(): Uint8Array;
  /** Idempotent. */
  close(): Promise<void>;
}
