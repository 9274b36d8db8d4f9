/** What a sticky flag gave a unit, and keeps giving it. */
export interface StickyAssignment {
  /** `null` where it was control, and control is the caller's own default. */
  readonly variant: string | null;
  /** ms since the epoch. */
  readonly at: number;
  /** ms since the epoch; from then on the unit is bucketed anew. */
  readonly expiresAt?: number;
}

/** Assignments as one evaluation sees them: at once, by flag and unit. */
export interface Assignments {
  get(flag: string, unit: string): StickyAssignment | undefined;
  set(flag: string, unit: string, assignment: StickyAssignment): void;
  /** A stopped flag forgets whom it meets. */
  delete(flag: string, unit: string): void;
}

/**
 * Keeps the assignments of sticky flags. One in memory answers at once; one that is shared by processes answers later, and
 * only sticky flags wait for it.
 *
 * Methods may throw or reject: a unit whose assignment cannot be read is bucketed by its hash, one whose assignment cannot
 * be written is bucketed anew next time, which gives it the same variant until the rollout changes.
 */
export interface AssignmentStore {
  /** What a person calls it, for messages. */
  readonly name: string;
  get(flag: string, unit: string): StickyAssignment | undefined | Promise<StickyAssignment | undefined>;
  set(flag: string, unit: string, assignment: StickyAssignment): void | Promise<void>;
  delete(flag: string, unit: string): void | Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}
