import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBuckets } from '../../src/limits/token-bucket.ts';

const rates = fc.record({ perSecond: fc.integer({ min: 1, max: 1_000 }), burst: fc.integer({ min: 1, max: 100 }) });
/** Bursts, and pauses long enough to fill any bucket. */
const gap = fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.integer({ min: 0, max: 200_000 }));
const gaps = fc.array(gap, { minLength: 50, maxLength: 300 });

describe('token buckets', () => {
  it('never give more in a span than the burst and the rate over it', () => {
    fc.assert(
      fc.property(rates, gaps, ({ perSecond, burst }, waits) => {
        const buckets = new TokenBuckets(perSecond, burst);
        const given: number[] = [];
        let now = 0;
        for (const wait of waits) {
          now += wait;
          if (buckets.take('ada', now) === 0) given.push(now);
        }
        for (const [first, from] of given.entries()) {
          for (const [last, to] of given.entries()) {
            if (last >= first && last - first + 1 > burst + ((to - from) * perSecond) / 1_000 + 1e-6) {
              expect.fail(`${last - first + 1} in ${to - from} ms`);
            }
          }
        }
      }),
    );
  });

  it('give the next one after the time that they said, and none before', () => {
    fc.assert(
      fc.property(rates, ({ perSecond, burst }) => {
        const buckets = new TokenBuckets(perSecond, burst);
        for (let at = 0; at < burst; at++) expect(buckets.take('ada', 0)).toBe(0);
        const waitMs = buckets.take('ada', 0);
        expect(waitMs).toBe(Math.ceil(1_000 / perSecond));
        if (waitMs > 1) expect(buckets.take('ada', waitMs - 1)).toBeGreaterThan(0);
        expect(buckets.take('ada', waitMs)).toBe(0);
      }),
    );
  });

  it('take nothing from one name for another, and nothing for a clock that goes back', () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 0, max: 1_000 }), ({ perSecond, burst }, asked) => {
        const buckets = new TokenBuckets(perSecond, burst);
        for (let at = 0; at < asked; at++) buckets.take('ada', 1_000 - at);
        expect(buckets.take('bob', 0)).toBe(0);
        for (let at = asked; at < burst; at++) expect(buckets.take('ada', 0)).toBe(0);
      }),
    );
  });
});
