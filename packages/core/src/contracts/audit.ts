import type { SwitchState, SwitchTarget } from './switches.ts';

/** Who made a change, and what for. */
export interface Author {
  readonly by: string;
  readonly why: string;
}

/** One change that an operator, a program or a file's editor made: appended with the change itself, never rewritten. */
export type AuditEntry = SwitchAuditEntry | DocumentAuditEntry;

export interface SwitchAuditEntry extends Author {
  readonly action: 'switch';
  /** ms since the epoch. */
  readonly at: number;
  readonly target: SwitchTarget;
  /** `null` where what was set was taken back, so that the document decides again. */
  readonly state: SwitchState | null;
  /** Of the switch states, after the change. */
  readonly revision: number;
}

export interface DocumentAuditEntry extends Author {
  readonly action: 'document';
  /** ms since the epoch. */
  readonly at: number;
  /** What changed, in a line: `support-model: percentage 1 → 5`. */
  readonly summary: string;
  /** Revision before the change; `null` where there was no document. */
  readonly from: string | null;
  readonly to: string;
}
