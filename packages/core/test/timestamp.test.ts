import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseTimestamp } from '../src/conditions/timestamp.ts';

it('reads every instant that toISOString prints', () => {
  const from = new Date('0001-01-01T00:00:00Z');
  const to = new Date('9999-12-31T23:59:59.999Z');
  fc.assert(
    fc.property(fc.date({ min: from, max: to, noInvalidDate: true }), (date) => {
      expect(parseTimestamp(date.toISOString())).toBe(date.getTime());
      expect(parseTimestamp(date.toISOString().toLowerCase())).toBe(date.getTime());
    }),
  );
});

it('takes a date for its midnight in UTC, whatever the zone of this machine', () => {
  expect(parseTimestamp('2026-11-22')).toBe(Date.UTC(2026, 10, 22));
  expect(parseTimestamp('2024-02-29')).toBe(Date.UTC(2024, 1, 29));
});

it('reads offsets', () => {
  expect(parseTimestamp('2026-11-22T08:00:00+05:30')).toBe(Date.UTC(2026, 10, 22, 2, 30));
  expect(parseTimestamp('2026-11-22T23:30:00-01:00')).toBe(Date.UTC(2026, 10, 23, 0, 30));
});

it.each([
  ...[
    '',
    '2026',
    '2026-11',
    '2026-1-1',
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '22.11.2026',
    '11/22/2026',
  ],
  ...[
    '2026-11-22 08:00:00Z',
    '2026-11-22T08:00:00',
    '2026-11-22T08:00Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T08:60:00Z',
  ],
  ...[
    '2026-11-22T08:00:60Z',
    '2026-11-22T08:00:00+24:00',
    '2026-11-22T08:00:00 Z',
    '1795305600000',
    'Sun, 22 Nov 2026 00:00:00 GMT',
    '+002026-11-22',
  ],
])('refuses %j', (text) => {
  expect(parseTimestamp(text)).toBeNaN();
});
