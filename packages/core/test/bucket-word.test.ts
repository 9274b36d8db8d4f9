import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vendorBucketings } from '../src/bucketing/vendor-bucketings.ts';
import { compileBucket } from '../src/conditions/bucket-word.ts';
import type { Bucket } from '../src/document/condition.ts';
import { bucketingNames } from '../src/document/rollout.ts';
import { unit } from './condition-arbitraries.ts';
import { oracle } from './oracle.ts';

const inBucket = (bucket: Bucket, context: Record<string, unknown>): boolean => compileBucket(bucket)(context);
const vendors = Object.entries(vendorBucketings);
const salt = fc.constantFrom('', 's', 'é', 'flag.salt');

describe('a bucket', () => {
  it('of sluice-1 has a unit at its hash, seeded by the salt, over 2^32', () => {
    fc.assert(
      fc.property(unit, salt, (targetingKey, salt) => {
        const place = oracle(targetingKey, oracle(`bucket:${salt}`, 0)) / 2 ** 32;
        const holds = (from: number, below: number) => inBucket({ salt, ranges: [[from, below]] }, { targetingKey });
        expect([holds(0, place), holds(place, place), holds(place, 1)]).toEqual([false, false, true]);
        expect(holds(place, place + 2 ** -32)).toBe(true);
      }),
    );
  });

  it('of a vendor has a unit where the vendor has it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...vendors), unit, salt, ([name, vendor], targetingKey, salt) => {
        const bucketing = name as keyof typeof vendorBucketings;
        const text = vendor.unitOf(targetingKey, 'enter', true);
        expect(text).toBeDefined();
        const place = vendor.place(salt, text as string);
        const holds = (from: number, below: number) =>
          inBucket({ bucketing, salt, ranges: [[from, below]] }, { targetingKey });
        expect([holds(0, place), holds(place, vendor.scale)]).toEqual([false, true]);
      }),
    );
  });

  it('has each unit in one of two halves, and a unit that is missing where the algorithm puts it', () => {
    const scales = new Map<string, number>(vendors.map(([name, { scale }]) => [name, scale]));
    for (const bucketing of bucketingNames) {
      const scale = scales.get(bucketing) ?? 1;
      const lower = compileBucket({ bucketing, salt: 's', ranges: [[0, scale / 2]] });
      const upper = compileBucket({ bucketing, salt: 's', ranges: [[scale / 2, scale]] });
      fc.assert(
        fc.property(unit, (targetingKey) => {
          expect(lower({ targetingKey })).toBe(!upper({ targetingKey }));
        }),
      );
      const without = bucketing === 'sluice-1' ? undefined : vendorBucketings[bucketing].placeWithoutUnit;
      for (const context of [{}, { targetingKey: null }, { targetingKey: () => 'ada' }]) {
        expect([lower(context), upper(context)]).toEqual([
          without !== undefined && without < scale / 2,
          without !== undefined && without >= scale / 2,
        ]);
      }
    }
  });

  it('reads the first attribute in which there is a unit', () => {
    const at = (name: string) => oracle(name, oracle('bucket:s', 0)) / 2 ** 32;
    const only = (name: string): Bucket => ({
      salt: 's',
      ranges: [[at(name), at(name) + 2 ** -32]],
      unit: ['a', 'b.c'],
    });
    expect(inBucket(only('ada'), { a: 'ada', b: { c: 'bob' } })).toBe(true);
    expect(inBucket(only('bob'), { a: 'ada', b: { c: 'bob' } })).toBe(false);
    for (const a of [undefined, null, '', 4.5, true, ['ada'], {}]) {
      expect(inBucket(only('bob'), { a, b: { c: 'bob' } })).toBe(true);
    }
    expect(inBucket({ salt: 's', ranges: [[0, 1]], unit: [] }, { targetingKey: 'ada' })).toBe(false);
  });

  it('tells a vendor whether its attribute is the only one', () => {
    // Of several attributes Unleash takes 0 for no unit; of one it takes "0".
    const everybody = { bucketing: 'unleash-1', salt: 's', ranges: [[0, 100]] } as const;
    expect(inBucket({ ...everybody, unit: 'a' }, { a: 0 })).toBe(true);
    expect(inBucket({ ...everybody, unit: ['a', 'b'] }, { a: 0 })).toBe(false);
  });
});
