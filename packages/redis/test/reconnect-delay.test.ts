import { describe, expect, it } from 'vitest';
import { reconnectDelay } from '../src/reconnect-delay.ts';

describe('the delay before a connection is tried again', () => {
  it('grows to a second, and differs from one process to the next', () => {
    for (const [failures, longest] of [
      [0, 50],
      [3, 200],
      [19, 1000],
      [10_000, 1000],
    ] as const) {
      const delays = Array.from({ length: 50 }, () => reconnectDelay(failures));
      for (const delay of delays) expect(delay >= longest / 2 && delay <= longest, `${delay} ms`).toBe(true);
      expect(new Set(delays).size).toBeGreaterThan(1);
    }
  });
});
