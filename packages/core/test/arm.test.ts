import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortsOf } from '../src/bucketing/arm.ts';
import { enterBelow, POSITIONS, splitParts } from '../src/bucketing/bucket.ts';
import type { Rollout } from '../src/document/rollout.ts';
import { compileDocument } from '../src/evaluation/compile.ts';
import { evaluate } from '../src/evaluation/evaluate.ts';

const HALF = POSITIONS / 2;
const boundary = fc.nat({ max: POSITIONS });
const belowHalf = fc.nat({ max: HALF });
const share = fc.double({ min: 0.01, max: 1, noNaN: true });
const weights = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 100 }), {
  minKeys: 1,
  noNullPrototype: true,
});

/** What a unit at a position gets, and its arm. */
function at(position: number, rollout: Rollout, split = 0): readonly [variant: string | undefined, arm: unknown] {
  const variants = { control: 0, a: 1, b: 2, c: 3, d: 4 };
  const flags = compileDocument(
    { sluice: 1, flags: { f: { variants, control: 'control', rollout } } },
    { hash: (_, seed) => (seed === enterSeed ? position : split) },
  );
  const enterSeed = flags.flags.get('f')?.rollout?.seeds.enter;
  const { variant, flagMetadata } = evaluate(flags, 'f', { targetingKey: 'anybody' });
  return [variant, flagMetadata['experiment.arm']];
}

describe('cohorts', () => {
  it('of a single candidate are equal in size, to a position', () => {
    fc.assert(
      fc.property(boundary, (enter) => {
        const { candidateBelow, controlFrom } = cohortsOf(enter, 1);
        expect(candidateBelow).toBe(POSITIONS - controlFrom);
        expect(candidateBelow).toBe(Math.min(enter, POSITIONS - enter));
      }),
    );
  });

  it('of a split: control is as large as the largest candidate, to two positions', () => {
    fc.assert(
      fc.property(belowHalf, weights, (enter, split) => {
        const parts = splitParts(split);
        const largest = Math.max(...parts.map((part) => part.share));
        const { candidateBelow, controlFrom } = cohortsOf(enter, largest);
        const sizes = parts.map((part, index) => {
          const before = parts[index - 1]?.below ?? 0;
          return (candidateBelow * (part.below - before)) / POSITIONS;
        });
        expect(Math.abs(POSITIONS - controlFrom - Math.max(...sizes))).toBeLessThan(2);
      }),
    );
  });

  it('never share a position, and lie within those who entered and those who did not', () => {
    fc.assert(
      fc.property(boundary, share, (enter, largest) => {
        const { candidateBelow, controlFrom } = cohortsOf(enter, largest);
        expect(candidateBelow).toBeLessThanOrEqual(enter);
        expect(controlFrom).toBeGreaterThanOrEqual(enter);
      }),
    );
  });

  it('only grow until one half, and only shrink from there on', () => {
    fc.assert(
      fc.property(belowHalf, belowHalf, share, (one, other, largest) => {
        const [near, far] = [Math.min(one, other), Math.max(one, other)];
        for (const enter of [(distance: number) => distance, (distance: number) => POSITIONS - distance]) {
          const [small, large] = [cohortsOf(enter(near), largest), cohortsOf(enter(far), largest)];
          expect(small.candidateBelow).toBeLessThanOrEqual(large.candidateBelow);
          expect(small.controlFrom).toBeGreaterThanOrEqual(large.controlFrom);
        }
      }),
    );
  });

  it('a unit never crosses between candidate and control, at whatever percentages', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: POSITIONS - 1 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        weights,
        (position, p, q, split) => {
          const arms = [p, q].map((each) => at(position, { percentage: each, split })[1]);
          expect(arms.includes('candidate') && arms.includes('control')).toBe(false);
        },
      ),
    );
  });

  it('a unit of control stays in it as p grows to one half, then leaves it for the candidate variant, compared no more', () => {
    const ramp = [10, 25, 50, 60, 75, 90, 100];
    const seen = (position: number) => ramp.map((percentage) => at(position, { percentage, serve: 'a' }).join(' '));
    expect(seen(POSITIONS - 1)).toEqual([...Array(6).fill('control control'), 'a none']);
    expect(seen(enterBelow(80))).toEqual(['control none', ...Array(4).fill('control control'), 'a none', 'a none']);
    expect(seen(enterBelow(55))).toEqual([
      'control none',
      'control none',
      'control control',
      'a none',
      'a none',
      'a none',
      'a none',
    ]);
    expect(seen(enterBelow(30))).toEqual([
      'control none',
      'control none',
      'a candidate',
      'a candidate',
      'a none',
      'a none',
      'a none',
    ]);
    expect(seen(0)).toEqual([...Array(6).fill('a candidate'), 'a none']);
  });

  it("of a split that holds control are the split's own parts, and nobody outside is compared", () => {
    const rollout = { percentage: 60, split: { control: 1, a: 1 } };
    expect(at(enterBelow(60) - 1, rollout, 0)).toEqual(['a', 'candidate']);
    expect(at(enterBelow(60) - 1, rollout, HALF)).toEqual(['control', 'control']);
    expect(at(enterBelow(60), rollout, 0)).toEqual(['control', 'none']);
  });
});

it('the shares of the arms in the metadata are their shares of all units', () => {
  const flags = compileDocument({
    sluice: 1,
    flags: {
      f: {
        variants: { control: 0, a: 1, b: 2 },
        control: 'control',
        rollout: { percentage: 20, split: { a: 3, b: 1 } },
      },
    },
  });
  const shares = new Map<string, unknown>();
  for (let index = 0; index < 2000; index++) {
    const { variant, flagMetadata } = evaluate(flags, 'f', { targetingKey: `user-${index}` });
    shares.set(`${variant} ${flagMetadata['experiment.arm']}`, flagMetadata['experiment.share']);
  }
  const enter = enterBelow(20);
  expect(Object.fromEntries(shares)).toEqual({
    'a candidate': (enter * 0.75) / POSITIONS,
    'b candidate': (enter * 0.25) / POSITIONS,
    'control control': Math.floor(enter * 0.75) / POSITIONS,
    'control none': undefined,
  });
});
