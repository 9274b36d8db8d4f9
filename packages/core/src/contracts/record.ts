import type { Arm } from '../evaluation/evaluation.ts';

/** What every recorded line says of where it belongs; a line needs no other line to be understood. */
interface RecordBase {
  /** Version of the record's shape; readers accept older ones. */
  readonly v: 1;
  /** UUIDv7, unique to the line. */
  readonly id: string;
  /** Integer milliseconds since the epoch, UTC. */
  readonly at: number;
  readonly flag: string;
  readonly variant: string;
  readonly arm: Arm;
  /** Empty where no rollout decided. */
  readonly stage: string;
  /** The unit's id, hashed with a key unless the recorder was told otherwise. */
  readonly unit: string;
}

/** A unit met a variant for the first time in a stage. Unique by (flag, unit, stage). */
export interface ExposureRecord extends RecordBase {
  readonly type: 'exposure';
  /** The OpenFeature client's domain, if it has one. */
  readonly domain?: string;
  /** The share of all units that this variant's arm was given, 0 to 1, where it is known. */
  readonly share?: number;
}

/** One measured result of a run. Unique by (run, flag, metric): the earliest counts. */
export interface OutcomeRecord extends RecordBase {
  readonly type: 'outcome';
  /** UUIDv7 of the run. */
  readonly run: string;
  readonly metric: string;
  /** Durations in ms, money in USD. */
  readonly value: number;
}

export type MeasurementRecord = ExposureRecord | OutcomeRecord;

/** Ending of the files that hold records as lines of JSON. A reader takes every file of a directory that ends so. */
export const segmentExtension = '.ndjson';
