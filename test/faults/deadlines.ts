/** How followers are configured here: as by default, but for what would make the tests long. */
export const TIMEOUT_MS = 1_000;
export const RECONCILE_MS = 500;

/** How long a Redis client of these tests waits before it connects again. */
export const RETRY_MS = 50;

/** How long Redis is paused: longer than everything has until it must be noticed. SLUICE_FAULTS=long makes it a minute. */
export const PAUSE_MS = process.env['SLUICE_FAULTS'] === 'long' ? 60_000 : 2_500;

/** A busy machine may let every process wait that long; it does not tell a slow answer from a right one. */
const SLACK_MS = 2_000;

/** By then a process whose connection is gone or silent has said so: the next reconcile comes, and is given up. */
export const NOTICED_MS = RECONCILE_MS + TIMEOUT_MS + SLACK_MS;

/**
 * By then a process whose network is back is right: it connects, a command that hung before it is given up, and the next
 * reconcile comes and is answered.
 */
export const WELL_MS = RETRY_MS + TIMEOUT_MS + RECONCILE_MS + SLACK_MS;

/** Fails with `what` where that takes longer. */
export async function within<Value>(ms: number, what: () => string, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${ms} ms: ${what()}`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
