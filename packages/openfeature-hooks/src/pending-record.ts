import type { Assignment, MeasurementRecord } from '@sluice/core';

/** A record as it waits in the buffer: without id, and with the unit unhashed, because both cost time an evaluation has not. */
export type PendingRecord = PendingExposure | PendingOutcome;

interface PendingExposure {
  readonly type: 'exposure';
  readonly at: number;
  readonly assignment: Assignment;
  readonly domain: string | undefined;
}

interface PendingOutcome {
  readonly type: 'outcome';
  readonly at: number;
  readonly assignment: Assignment;
  readonly run: string;
  readonly metric: string;
  readonly value: number;
  /** The unit came from a feedback token, in the form in which it is stored. */
  readonly unitIsStored: boolean;
}

/** @param stored gives a unit the form in which it is stored. */
export function toRecord(pending: PendingRecord, id: string, stored: (unit: string) => string): MeasurementRecord {
  const { at, assignment } = pending;
  const { flag, variant, arm, stage, share } = assignment;
  // A caller without types may have handed in a number, and one record may not cost its batch.
  const plainUnit = String(assignment.unit);
  if (pending.type === 'exposure') {
    const unit = stored(plainUnit);
    return {
      ...{ v: 1, type: 'exposure', id, at, flag, variant, arm, stage, unit },
      ...(pending.domain === undefined ? {} : { domain: pending.domain }),
      ...(share === undefined ? {} : { share }),
    };
  }
  const { run, metric, value, unitIsStored } = pending;
  const unit = unitIsStored ? plainUnit : stored(plainUnit);
  return { v: 1, type: 'outcome', id, at, run, flag, variant, arm, stage, unit, metric, value };
}
