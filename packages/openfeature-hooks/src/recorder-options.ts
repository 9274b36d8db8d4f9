import type { Sink } from '@sluice/core';

export interface RecorderOptions {
  /** Where records go. */
  readonly sink: Sink;
  /**
   * How units are written: hashed under the key, or as they are.
   *
   * @default 'hashed'
   */
  readonly units?: 'hashed' | 'plain';
  /**
   * The secret behind hashed units and feedback tokens, at least 16 bytes, the same in all processes that record to one
   * place. A string counts by its UTF-8 bytes.
   *
   * @default the sink's own key; where it has none, a random one of this process, with a warning
   */
  readonly key?: Uint8Array | string;
  /**
   * Records held while the sink is slow or failing; a further one is dropped and counted.
   *
   * @default 10_000
   */
  readonly maxBuffered?: number;
  /**
   * Records handed to the sink at once, at most.
   *
   * @default 1_000
   */
  readonly batchSize?: number;
  /**
   * The longest time a record waits for others, in ms; after a failed write, the first wait before the next try.
   *
   * @default 1_000
   */
  readonly flushIntervalMs?: number;
  /**
   * Days during which a feedback token is accepted.
   *
   * @default 30
   */
  readonly tokenTtlDays?: number;
  /**
   * The time that records and tokens carry, ms since the epoch; a simulation gives its own.
   *
   * @default Date.now
   */
  readonly now?: () => number;
}

const defaults = {
  units: 'hashed',
  maxBuffered: 10_000,
  batchSize: 1_000,
  flushIntervalMs: 1_000,
  tokenTtlDays: 30,
} as const;

type Settings = Required<Omit<RecorderOptions, 'key'>>;

/** @throws {RangeError} for a count or a time that is not above zero. */
export function settingsOf(options: RecorderOptions): Settings {
  // Asked at each call, so that a test's fake clock is seen.
  const settings = { ...defaults, now: () => Date.now(), ...options };
  for (const name of ['maxBuffered', 'batchSize', 'flushIntervalMs', 'tokenTtlDays'] as const) {
    if (settings[name] > 0) continue;
    throw new RangeError(`createRecorder: ${name} is ${settings[name]} and must be above 0`);
  }
  return settings;
}
