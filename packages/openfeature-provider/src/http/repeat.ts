import { Backoff } from './backoff.ts';

/** Share of the interval by which a poll may come sooner or later, so that many processes don't come at once. */
const JITTER = 0.2;

export interface Repetition {
  /** Makes an attempt at once, or, where one is under way, right after it. */
  now(): void;
  stop(): void;
}

/**
 * Makes an attempt after each interval, one at a time, and where one fails the next after a growing delay. No timer keeps
 * the process alive.
 *
 * @param attempt whether it was successful is whether it resolves.
 * @param failed why the last attempt before this failed, if it did.
 */
export function repeat(intervalMs: number, attempt: () => Promise<void>, failed?: Error): Repetition {
  const backoff = new Backoff(intervalMs);
  let timer: NodeJS.Timeout | undefined;
  let underWay = false;
  let again = false;
  let stopped = false;

  const arm = (delayMs: number): void => {
    timer = setTimeout(() => void run(), delayMs).unref();
  };

  const usual = (): number => intervalMs * (1 - JITTER + 2 * JITTER * Math.random());

  const run = async (): Promise<void> => {
    underWay = true;
    let delayMs: number;
    try {
      await attempt();
      backoff.reset();
      delayMs = usual();
    } catch (error) {
      delayMs = backoff.nextMs(error);
    }
    underWay = false;
    if (stopped) return;
    arm(again ? 0 : delayMs);
    again = false;
  };

  arm(failed === undefined ? usual() : backoff.nextMs(failed));

  return {
    now() {
      if (stopped) return;
      again = underWay;
      if (underWay) return;
      clearTimeout(timer);
      void run();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
