import fc from 'fast-check';
import type { Document } from '../src/document/document.ts';
import type { Flag, Rule } from '../src/document/flag.ts';
import {
  type BucketingName,
  bucketingNames,
  type Rollout,
  type SplitPart,
  splittingOnly,
} from '../src/document/rollout.ts';
import { variantsOf } from '../src/document/variants.ts';
import { document, percentage } from './arbitraries.ts';

const vendors = bucketingNames.filter((name) => name !== 'sluice-1');
const units = ['targetingKey', 'conversationId', 'user.id', 'sessionId'];

const part = (variants: readonly string[]): fc.Arbitrary<SplitPart> =>
  fc.record({ variant: fc.constantFrom(...variants), weight: fc.constantFrom(0, 1, 50, 333, 50_000) });

/** A rollout as an importer writes it. */
function vendorRollout(variants: readonly string[], bucketing: BucketingName): fc.Arbitrary<Rollout> {
  const ranged = fc
    .tuple(fc.constantFrom(...variants), fc.double({ min: 0, max: 0.5, noNaN: true }))
    .map(([variant, from]): SplitPart => ({ variant, from, below: from + 0.5 }));
  const parts = bucketing.startsWith('growthbook') ? fc.oneof(part(variants), ranged) : part(variants);
  const split = fc
    .array(parts, { minLength: 1, maxLength: 4 })
    .map((each) => each.filter((one) => (one.weight === undefined) === (each[0]?.weight === undefined)));
  const common = {
    bucketing: fc.constant(bucketing),
    percentage: splittingOnly.includes(bucketing) ? fc.constant(100) : percentage,
    salt: fc.constantFrom('', 'salt', 'group'),
    unit: fc.oneof(fc.constantFrom(...units), fc.subarray(units)),
    ...(bucketing === 'unleash-1'
      ? { splitSalt: fc.constantFrom('undefined', 'g'), splitUnit: fc.subarray(units) }
      : {}),
  };
  const always = ['bucketing', 'percentage'];
  return fc.oneof(
    fc.record({ ...common, serve: fc.constantFrom(...variants) }, { requiredKeys: [...always, 'serve'] as never }),
    fc.record({ ...common, split }, { requiredKeys: [...always, 'split'] as never }),
  ) as fc.Arbitrary<Rollout>;
}

/** What a flag may have beside its rules. `earlier` flags are those that it may ask for, so that nothing goes in a circle. */
function targeted(flag: Flag, index: number, earlier: readonly [string, Flag][]): fc.Arbitrary<Flag> {
  const variants = Object.keys(variantsOf(flag));
  const variant = fc.constantFrom(...variants);
  const asked = fc
    .subarray([...earlier])
    .chain((some) =>
      fc.tuple(
        ...some.map(([key, parent]) =>
          fc.tuple(fc.constant(key), fc.subarray(Object.keys(variantsOf(parent)), { minLength: 1 })),
        ),
      ),
    )
    .map((entries) => Object.fromEntries(entries));
  const vendor = fc.constantFrom(...vendors).chain((name) => vendorRollout(variants, name));
  const rules = fc.tuple(
    ...(flag.rules ?? []).map((rule) =>
      fc
        .record({ prerequisites: asked, rollout: vendor, otherwise: fc.constant('next') }, { requiredKeys: [] })
        .map(({ rollout, otherwise, ...rest }): Rule => {
          if (rule.rollout === undefined) return { ...rule, ...rest };
          const next = otherwise === undefined ? {} : { otherwise: 'next' as const };
          return { ...rule, ...rest, ...next, rollout: rollout ?? rule.rollout };
        }),
    ),
  );
  return fc
    .record(
      {
        whenDisabled: variant,
        prerequisites: asked,
        targets: fc.tuple(variant, fc.subarray(['ada', 'bob', 42])).map(([name, some]) => ({ [name]: some })),
        layer: fc.constant({ name: 'room', slots: [index * 2, index * 2 + 2] as const }),
        holdout: fc.constant('quarter'),
        sticky: fc.constantFrom<NonNullable<Flag['sticky']>>(true, false, {}, { ttlSeconds: 60 }),
        rollout: vendor,
        ...(flag.variants === undefined ? {} : { control: fc.constant(null) }),
        rules,
      },
      { requiredKeys: ['rules'] },
    )
    .map((more) => ({ ...flag, ...more }) as Flag);
}

/** Documents that the parser accepts, with everything that may stand beside rules, and vendors' rollouts. */
export const targetedDocument: fc.Arbitrary<Document> = document.chain((plain) => {
  const entries = Object.entries(plain.flags ?? {});
  return fc.tuple(...entries.map(([, flag], index) => targeted(flag, index, entries.slice(0, index)))).map((flags) => ({
    ...plain,
    layers: { room: { slots: 8, unit: 'conversationId' } },
    holdouts: { quarter: { percentage: 25 } },
    flags: Object.fromEntries(entries.map(([key], index) => [key, flags[index] as Flag])),
  }));
});
