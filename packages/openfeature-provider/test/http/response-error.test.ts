import { describe, expect, it } from 'vitest';
import { retryAfterOf } from '../../src/http/response-error.ts';

const inAMinute = () => new Date(Math.ceil(Date.now() / 1000) * 1000 + 60_000).toUTCString();

describe('retryAfterOf', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    [' 7 ', 7_000],
    ['Sun, 22 Nov 1992 10:00:00 GMT', 0],
    ['99999999999', 3_600_000],
    ['Sun, 22 Nov 2999 10:00:00 GMT', 3_600_000],
    ['soon', undefined],
    [undefined, undefined],
  ])('reads %j as %s ms', (text, delayMs) => {
    expect(retryAfterOf(text === undefined ? {} : { 'retry-after': text })).toBe(delayMs);
  });

  it('reads a date', () => {
    const delayMs = retryAfterOf({ 'retry-after': inAMinute() }) as number;
    expect(delayMs).toBeGreaterThan(50_000);
    expect(delayMs).toBeLessThanOrEqual(61_000);
  });
});
