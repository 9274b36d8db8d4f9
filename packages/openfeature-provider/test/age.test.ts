import { expect, it } from 'vitest';
import { ageOf } from '../src/age.ts';

it.each([
  [-5_000, '0 s'],
  [499, '0 s'],
  [12_000, '12 s'],
  [89_000, '89 s'],
  [90_000, '2 min'],
  [119 * 60_000, '119 min'],
  [120 * 60_000, '2 h'],
  [47 * 3_600_000, '47 h'],
  [48 * 3_600_000, '2 days'],
])('an age of %d ms is said as %s', (ms, age) => {
  expect(ageOf(ms)).toBe(age);
});
