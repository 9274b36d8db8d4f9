import type { ExposureRecord, MeasurementRecord, OutcomeRecord, SummaryQuery, SummaryReport } from '@sluice/core';

/** Summarises `records` by a store that holds nothing else; by default everything, with `quality` as a mean. */
export type SummariseRecords = (
  records: readonly MeasurementRecord[],
  query?: Partial<SummaryQuery>,
) => Promise<SummaryReport>;

/** Records of a flag, with defaults for all that a test does not speak of; identifiers count up. */
export interface StoreRecords {
  exposure(fields: Partial<ExposureRecord>): ExposureRecord;
  /** Without a `run`, each outcome has one of its own. */
  outcome(fields: Partial<OutcomeRecord>): OutcomeRecord;
}

export function storeRecords(): StoreRecords {
  let made = 0;
  const nextId = (): string => `id-${String(++made).padStart(6, '0')}`;

  function base(): Omit<ExposureRecord, 'type'> {
    return { v: 1, id: nextId(), at: 1000, flag: 'model', variant: 'old', arm: 'control', stage: 's1', unit: 'ann' };
  }

  return {
    exposure: (fields) => ({ ...base(), type: 'exposure', ...fields }),
    outcome(fields) {
      const record = base();
      return { ...record, type: 'outcome', run: `run of ${record.id}`, metric: 'quality', value: 1, ...fields };
    },
  };
}
