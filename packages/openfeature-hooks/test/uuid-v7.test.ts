import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uuidV7Generator } from '../src/uuid-v7.ts';

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

describe('uuidV7Generator', () => {
  it('writes the time, version 7 and the variant where RFC 9562 has them', () => {
    // The time of the RFC's own example, appendix A.6.
    const id = uuidV7Generator()(0x017f22e279b0);
    expect(id).toMatch(shape);
    expect(id.slice(0, 15)).toBe('017f22e2-79b0-7');
  });

  it('makes ids that sort in the order in which they were made, however the clock moves', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 200 }), (times) => {
        const next = uuidV7Generator();
        const ids = times.map((time) => next(1_700_000_000_000 + time));
        expect(ids.toSorted()).toEqual(ids);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('stays in order and near the time when 100,000 fall into one millisecond', () => {
    const next = uuidV7Generator();
    const ids = Array.from({ length: 100_000 }, () => next(1_700_000_000_000));
    expect(ids.every((id, index) => index === 0 || id > (ids[index - 1] as string))).toBe(true);
    expect(ids.every((id) => shape.test(id))).toBe(true);
    expect(timeOf(ids[0] as string)).toBe(1_700_000_000_000);
    // 4,096 ids fit into a millisecond.
    expect(timeOf(ids.at(-1) as string)).toBe(1_700_000_000_000 + 24);
  });

  it('shares no id between generators', () => {
    const ids = [uuidV7Generator(), uuidV7Generator()].flatMap((next) => Array.from({ length: 5_000 }, () => next(1)));
    expect(new Set(ids).size).toBe(10_000);
  });

  it('makes an id for a time that is none', () => {
    const next = uuidV7Generator();
    for (const time of [Number.NaN, -1, Number.POSITIVE_INFINITY, 0]) expect(next(time)).toMatch(shape);
  });
});
