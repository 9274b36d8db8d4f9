import type { SummaryQuery, SummaryReport } from './summary.ts';

/** Where a flag has records, ms since the epoch. */
export interface FlagSpan {
  readonly flag: string;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What was recorded, summarised where it lies. */
export interface Store {
  readonly name: string;
  /** Flags with at least one record, in order of name. */
  flags(): Promise<readonly FlagSpan[]>;
  summarise(query: SummaryQuery): Promise<SummaryReport>;
  /** Idempotent. */
  close(): Promise<void>;
}
