import { describe, expect, it } from 'vitest';
import { Backoff } from '../../src/http/backoff.ts';

const delays = (backoff: Backoff, count: number): number[] =>
  Array.from({ length: count }, () => backoff.nextMs(new Error('away')));

describe('Backoff', () => {
  it('doubles from a second to a minute, less up to a half', () => {
    const longest = [1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000);
    for (const [index, delay] of delays(new Backoff(), longest.length).entries()) {
      const most = longest[index] as number;
      expect(delay).toBeGreaterThan(most / 2);
      expect(delay).toBeLessThanOrEqual(most);
    }
  });

  it('differs between processes that failed at once', () => {
    expect(new Set(Array.from({ length: 20 }, () => new Backoff().nextMs(undefined))).size).toBeGreaterThan(10);
  });

  it('begins anew after a success', () => {
    const backoff = new Backoff();
    delays(backoff, 10);
    backoff.reset();
    expect(backoff.nextMs(undefined)).toBeLessThanOrEqual(1000);
  });

  it('begins with the interval where that is shorter', () => {
    expect(new Backoff(10).nextMs(undefined)).toBeLessThanOrEqual(10);
  });

  it('waits as long as the server asked for, where that is longer', () => {
    const asking = (retryAfterMs: number) => Object.assign(new Error('busy'), { retryAfterMs });
    const backoff = new Backoff();
    expect(backoff.nextMs(asking(120_000))).toBe(120_000);
    expect(backoff.nextMs(asking(1))).toBeGreaterThan(1000);
  });
});
