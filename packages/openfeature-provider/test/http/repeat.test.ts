import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { repeat } from '../../src/http/repeat.ts';

describe('repeat', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('makes an attempt after each interval, a fifth sooner or later', async () => {
    const at: number[] = [0];
    const before = Date.now();
    const { stop } = repeat(10_000, async () => void at.push(Date.now() - before));
    await vi.advanceTimersByTimeAsync(1_000_000);
    stop();
    const waits = at.slice(1).map((time, index) => time - (at[index] as number));
    expect(waits.length).toBeGreaterThan(80);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(8_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(12_001);
    expect(new Set(waits).size).toBeGreaterThan(10);
  });

  it('makes one at once when asked to, and the next an interval after that', async () => {
    let attempts = 0;
    const { now, stop } = repeat(10_000, async () => void attempts++);
    now();
    expect(attempts).toBe(1);
    await vi.advanceTimersByTimeAsync(7_999);
    expect(attempts).toBe(1);
    await vi.advanceTimersByTimeAsync(4_002);
    expect(attempts).toBe(2);
    stop();
  });

  it('makes one more right after the one under way, however often it was asked meanwhile', async () => {
    const ends: (() => void)[] = [];
    const { now, stop } = repeat(10_000, () => new Promise((resolve) => ends.push(resolve)));
    for (let asked = 0; asked < 5; asked++) now();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(1);
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await vi.advanceTimersByTimeAsync(7_999);
    expect(ends).toHaveLength(2);
    stop();
  });

  it('comes back sooner after a failure, and ever later while it lasts', async () => {
    const at: number[] = [];
    let failing = true;
    const { now, stop } = repeat(30_000, async () => {
      at.push(Date.now());
      if (failing) throw new Error('away');
    });
    now();
    await vi.advanceTimersByTimeAsync(1_001);
    expect(at).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(600_000);
    const last = at.length;
    expect(last).toBeLessThan(30);
    failing = false;
    await vi.advanceTimersByTimeAsync(60_001);
    const well = at.length;
    expect(well).toBeGreaterThan(last);
    await vi.advanceTimersByTimeAsync(180_000);
    expect(at.length - well).toBeGreaterThanOrEqual(5);
    failing = true;
    now();
    const again = at.length;
    await vi.advanceTimersByTimeAsync(1_001);
    expect(at).toHaveLength(again + 1);
    stop();
  });

  it('begins with a short wait where something had failed before it', async () => {
    let attempts = 0;
    const { stop } = repeat(30_000, async () => void attempts++, new Error('away'));
    await vi.advanceTimersByTimeAsync(1_001);
    expect(attempts).toBe(1);
    stop();
  });

  it('makes none after it was stopped, also where one was under way', async () => {
    const ends: (() => void)[] = [];
    const { now, stop } = repeat(1_000, () => new Promise((resolve) => ends.push(resolve)));
    now();
    stop();
    ends[0]?.();
    now();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ends).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
