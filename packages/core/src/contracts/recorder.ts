import type { Arm } from '../evaluation/evaluation.ts';

/** A flag's answer to one unit, as far as measurement needs it. */
export interface Assignment {
  readonly flag: string;
  readonly variant: string;
  readonly arm: Arm;
  /** Empty where no rollout decided. */
  readonly stage: string;
  /** The unit's id in plain text. */
  readonly unit: string;
  /**
   * The context attribute that is the unit, such as `conversationId`.
   *
   * @default 'targetingKey'
   */
  readonly unitAttribute?: string;
  /** The share of all units that this variant's arm was given, 0 to 1, where it is known: what a sample-ratio check expects. */
  readonly share?: number;
}

/** Metric to value. Durations in ms, money in USD; `true` and `false` count as 1 and 0. */
export type Outcomes = Readonly<Record<string, number | boolean>>;

/** One piece of AI work (a request, an agent turn) to which outcomes belong. */
export interface Run {
  /** UUIDv7. */
  readonly id: string;
  readonly assignment: Assignment;
  /** Records each metric at most once; a second value for it is dropped and counted. Never throws. */
  record(outcomes: Outcomes): void;
  /** A signed, URL-safe token by which feedback finds this run from any process that has the same key. */
  token(): string;
}

export type FeedbackResult =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly reason: 'malformed' | 'forged' | 'expired'; readonly message: string };

/** What a recorder did so far, for a health page. All are counts since it was made. */
export interface RecorderCounts {
  readonly exposures: number;
  readonly outcomes: number;
  /** Records that the sink acknowledged. */
  readonly stored: number;
  /** Records given up: the buffer was full, or the recorder was closed. */
  readonly dropped: number;
  /** Outcomes that were no finite number, or came twice for one run. */
  readonly refused: number;
  /** Tracking events that belonged to no run and no exposed unit. */
  readonly unattributed: number;
  /** Feedback tokens that were malformed, forged or expired. */
  readonly rejectedTokens: number;
  /** Batches the sink refused; each is tried again. */
  readonly failedWrites: number;
  /** The last reason why a batch could not be written, for a person. */
  readonly lastError?: string;
}

/**
 * Takes what happened and hands it to a sink in batches. It never throws into the application and never blocks it; what
 * it cannot hold it drops and counts.
 */
export interface Recorder {
  /**
   * Notes that a unit met a variant; again for the same (flag, unit, stage) it records nothing.
   *
   * @param targetingKey the context's, so that `track` finds a flag whose unit is another attribute.
   */
  expose(assignment: Assignment, domain?: string, targetingKey?: string): void;
  /** Begins a run of this assignment. */
  startRun(assignment: Assignment): Run;
  /**
   * OpenFeature's tracking: `metric` with `details.value`, or 1 where it has none, for the run that `measure` has under
   * way here, else for every flag that the context's unit was last exposed to in this process, as one new run.
   *
   * A flag whose unit is another attribute, such as `conversationId`, is found by that attribute; where the context
   * lacks it, by `targetingKey`, and then the latest of that key's conversations is meant.
   */
  track(metric: string, context: Readonly<Record<string, unknown>>, details: { readonly value?: number }): void;
  /** Outcomes that come later, from anywhere, by the token of their run. */
  feedback(token: string, outcomes: Outcomes): Promise<FeedbackResult>;
  counts(): RecorderCounts;
  /** Resolves once everything recorded before the call is stored or dropped. Never rejects. */
  flush(): Promise<void>;
  /** Flushes, then closes the sink. Idempotent. */
  close(): Promise<void>;
}
