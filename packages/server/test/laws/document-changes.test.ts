import { compileDocument, type Document, evaluate, type Flag, type Rollout } from '@sluice/core';
import { editText, parseText, printText } from '@sluice/core/text';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OperationError } from '../../src/operations/operations.ts';
import { percentageEdit } from '../../src/operations/percentage-change.ts';
import { promoteEdit } from '../../src/operations/promote-change.ts';

const author = { by: 'ann', why: 'law' };
const variants = { a: 'A', b: 'B', c: 'C' };
const names = Object.keys(variants);

const weights = fc
  .dictionary(fc.constantFrom(...names), fc.integer({ min: 0, max: 100 }), { minKeys: 1 })
  .filter((split) => Object.values(split).some((weight) => weight > 0));
const percentage = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 100, noNaN: true }));
const optionalStage = fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined });

const native: fc.Arbitrary<Rollout> = fc
  .tuple(
    percentage,
    fc.oneof(fc.record({ serve: fc.constantFrom(...names) }), fc.record({ split: weights })),
    optionalStage,
  )
  .map(([percentage, served, stage]) => ({ percentage, ...served, ...(stage === undefined ? {} : { stage }) }));

/** Rollouts as imports write them, of every vendor that a percentage may be set for. */
const imported: fc.Arbitrary<Rollout> = fc.oneof(
  fc.record({
    bucketing: fc.constantFrom('unleash-1', 'md5-percent-1', 'growthbook-1', 'growthbook-2'),
    percentage: fc.integer({ min: 0, max: 100 }),
    serve: fc.constantFrom('b', 'c'),
  }),
  fc.record({
    bucketing: fc.constant('unleash-1' as const),
    percentage: fc.integer({ min: 0, max: 100 }),
    split: fc.tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom(...names)).map(([weight, variant]) => [
      { variant, weight },
      { variant: 'b', weight: 1000 - weight },
    ]),
  }),
  fc
    .tuple(
      fc.constantFrom(['launchdarkly-1', 100_000], ['flagsmith-2', 100], ['flagd-1', 100], ['flagd-2', 100]),
      fc.integer({ min: 0, max: 100 }),
      fc.boolean(),
    )
    .map(([[bucketing, total], share, controlFirst]) => {
      const weight = ((total as number) * share) / 100;
      const parts = [
        { variant: 'b', weight },
        { variant: 'a', weight: (total as number) - weight },
      ];
      return {
        bucketing: bucketing as 'flagd-1',
        percentage: 100,
        split: controlFirst ? parts.toReversed() : parts,
      };
    }),
);

const units = Array.from({ length: 400 }, (_, index) => `unit-${index}`);

function documentOf(flag: Flag): Document {
  const text = printText({ sluice: 1, flags: { flag } });
  const { document, problems } = parseText(text);
  if (document === undefined) throw new Error(`the generator made no document: ${JSON.stringify(problems)}`);
  return document;
}

function edited(document: Document, edits: Parameters<typeof editText>[1]): Document {
  const { document: after } = parseText(editText(printText(document), edits));
  if (after === undefined) throw new Error('the edit left no document');
  return after;
}

function variantsServed(document: Document, context: object = {}): readonly (string | undefined)[] {
  const flags = compileDocument(document);
  return units.map((unit) => evaluate(flags, 'flag', { ...context, targetingKey: unit }).variant);
}

describe('setting a percentage', () => {
  for (const [name, rollouts] of Object.entries({ native, imported })) {
    it(`moves units in one direction only, and none between variants: ${name}`, () => {
      fc.assert(
        fc.property(rollouts, fc.integer({ min: 0, max: 100 }), (rollout, target) => {
          const document = documentOf({ variants, control: 'a', rollout });
          const { edits } = percentageEdit(document, 'flag', { ...author, percentage: target });
          const before = variantsServed(document);
          const after = variantsServed(edited(document, edits));
          const grows = target >= shareOf(rollout);
          for (const [index, variant] of before.entries()) {
            const [smaller, larger] = grows ? [variant, after[index]] : [after[index], variant];
            if (smaller !== 'a') expect(larger).toBe(smaller);
          }
        }),
        { numRuns: 150 },
      );
    });
  }

  it('sets what was asked for: setting it again changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(native, imported), fc.integer({ min: 0, max: 100 }), (rollout, target) => {
        const document = documentOf({ variants, control: 'a', rollout });
        const change = { ...author, percentage: target };
        const after = edited(document, percentageEdit(document, 'flag', change).edits);
        expect(percentageEdit(after, 'flag', change).edits).toEqual([]);
      }),
    );
  });

  it('counts a stage on with every change', () => {
    fc.assert(
      fc.property(native, fc.integer({ min: 0, max: 100 }), (rollout, target) => {
        const document = documentOf({ variants, control: 'a', rollout });
        const { edits } = percentageEdit(document, 'flag', { ...author, percentage: target });
        const stage = edited(document, edits).flags?.['flag']?.rollout?.stage;
        const counted = rollout.stage === undefined ? undefined : rollout.stage + 1;
        expect(stage).toBe(edits.length === 0 ? rollout.stage : counted);
      }),
    );
  });
});

describe('promoting', () => {
  const rule = { name: 'eu', when: { country: 'DE' }, serve: 'c' };
  const flags: fc.Arbitrary<Flag> = fc
    .record({
      rollout: fc.oneof(native, imported),
      control: fc.constantFrom('a', null),
      ramp: fc.constantFrom('auto' as const, undefined),
      rules: fc.constantFrom([rule], []),
    })
    .map(({ ramp, ...flag }) => ({ variants, ...flag, ...(ramp === undefined ? {} : { ramp }) }));

  it('serves the variant to everybody whom no rule decides, and leaves the rest to the rules', () => {
    fc.assert(
      fc.property(flags, fc.constantFrom(...names), (flag, variant) => {
        const document = documentOf(flag);
        const after = edited(document, promoteEdit(document, 'flag', { ...author, variant }).edits);
        expect(new Set(variantsServed(after))).toEqual(new Set([variant]));
        const decided = flag.rules?.length === 0 ? variant : 'c';
        expect(new Set(variantsServed(after, { country: 'DE' }))).toEqual(new Set([decided]));
      }),
    );
  });

  it('serves on to everybody of a boolean flag that has no variants written out', () => {
    const document: Document = { sluice: 1, flags: { flag: { rollout: { percentage: 5, serve: 'on' } } } };
    const after = edited(document, promoteEdit(document, 'flag', { ...author, variant: 'on' }).edits);
    expect(new Set(variantsServed(after))).toEqual(new Set(['on']));
  });
});

it('loses no comment of the text but those of what it takes out', () => {
  const comment = fc.stringMatching(/^[a-z]{8}$/);
  fc.assert(
    fc.property(fc.uniqueArray(comment, { minLength: 6, maxLength: 6 }), fc.nat({ max: 100 }), (words, target) => {
      const [head, flag, payload, rule, rollout, foot] = words;
      const text = `# ${head}
sluice: 1
flags:
  flag: # ${flag}
    variants: { a: A, b: B } # ${payload}
    control: a
    rules:
      # ${rule}
      - { name: eu, when: { country: DE }, rollout: { percentage: 5, serve: b, stage: 1 } }
    rollout: { percentage: 7, serve: b } # ${rollout}
# ${foot}
`;
      const document = parseText(text).document as Document;
      const opened = editText(text, percentageEdit(document, 'flag', { ...author, percentage: target }).edits);
      for (const word of words) expect(opened).toContain(`# ${word}`);
      const promoted = editText(text, promoteEdit(document, 'flag', { ...author, variant: 'b' }).edits);
      for (const word of words) if (word !== rollout) expect(promoted).toContain(`# ${word}`);
    }),
  );
});

it('refuses what an imported rollout cannot carry, and says what can be done', () => {
  const parts = (...weights: number[]) => weights.map((weight, index) => ({ variant: names[index] as string, weight }));
  const refused: readonly (readonly [Rollout, number, RegExp])[] = [
    [{ bucketing: 'launchdarkly-1', percentage: 100, split: parts(1, 2, 3) }, 5, /between control and one other/],
    [{ bucketing: 'launchdarkly-1', percentage: 100, serve: 'b' }, 5, /rollout of sluice-1/],
    [{ bucketing: 'flagd-2', percentage: 100, split: parts(1, 1) }, 5, /steps of 50%/],
    [{ bucketing: 'unleash-1', percentage: 5, serve: 'b' }, 2.5, /steps of 1%/],
    [{ bucketing: 'growthbook-1', percentage: 5, serve: 'b' }, 0.05, /steps of 0.1%/],
    [{ bucketing: 'growthbook-2', percentage: 100, split: parts(0.5, 0.5) }, 5, /says who enters as well/],
  ];
  for (const [rollout, percentage, message] of refused) {
    const document = documentOf({ variants, control: 'a', rollout });
    const change = (): unknown => percentageEdit(document, 'flag', { ...author, percentage });
    expect(change).toThrow(OperationError);
    expect(change).toThrow(message);
  }
});

function shareOf({ bucketing, percentage, split }: Rollout): number {
  if (bucketing === undefined || bucketing === 'unleash-1' || !Array.isArray(split)) return percentage;
  const total = split.reduce((sum, { weight }) => sum + weight, 0);
  return (100 * split.find(({ variant }) => variant === 'b').weight) / total;
}
