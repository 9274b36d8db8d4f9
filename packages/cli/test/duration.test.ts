import { describe, expect, it } from 'vitest';
import { formatDuration, parseDays, parseDuration, parseWait } from '../src/duration.ts';

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['1.5m', 90_000],
    ['12h', 43_200_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
    ['0.001ms', 1],
  ])('%s is %i ms', (text, duration) => {
    expect(parseDuration(text)).toBe(duration);
  });

  it.each(['', '0s', '5', '-5s', '1e9w', '9999999w', '5 s', '5y', 'Infinityd', 'toString'])('is not %j', (text) => {
    expect(() => parseDuration(text)).toThrow('It has to be a duration');
  });

  it('of the longest kind still leads to a date', () => {
    expect(new Date(Date.now() + parseDuration('999999w')).toISOString()).toContain('T');
  });

  it('counts in days where days are asked for', () => {
    expect([parseDays('90m'), parseDays('12h'), parseDays('2w')]).toEqual([0.0625, 0.5, 14]);
  });

  it('to wait may be none', () => {
    expect([parseWait('0'), parseWait('2s')]).toEqual([0, 2_000]);
  });

  it.each([
    [12.4, '12 ms'],
    [1_234, '1.2 s'],
    [45_000, '45 s'],
    [600_000, '10 min'],
    [10_800_000, '3 h'],
    [259_200_000, '3 days'],
  ])('of %d ms reads as %s', (duration, text) => {
    expect(formatDuration(duration)).toBe(text);
  });
});
