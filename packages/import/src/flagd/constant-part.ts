import { type JsonValue, vendorBucketings } from '@sluice/core';
import type { FractionalPart } from './cases.ts';
import type { Generation } from './flagd-report.ts';

export function bucketingOf(generation: Generation): 'flagd-1' | 'flagd-2' {
  return generation === 2 ? 'flagd-2' : 'flagd-1';
}

/** What every unit gets that is hashed as this one text. */
export function constantPart(parts: readonly FractionalPart[], text: string, generation: Generation): JsonValue {
  const weights = parts.map(({ weight }) => ({ variant: '', weight }));
  const index = vendorBucketings[bucketingOf(generation)].compileSplit(weights).choose('', text);
  return parts[index]?.value ?? null;
}

/**
 * Where in the algorithm's own scale each part begins, and where the next does.
 *
 * Generation 1 counts the end of a part as in it, so there the next one begins at the next number that there is.
 */
export function rangesOf(
  parts: readonly FractionalPart[],
  generation: Generation,
): readonly (readonly [number, number])[] {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  let from = 0;
  return parts.map(({ weight }) => {
    sum += generation === 2 ? weight : weight === 0 ? 0 : (weight * 100) / total;
    const below =
      generation === 2 ? Number((BigInt(sum) * 2n ** 32n + BigInt(total - 1)) / BigInt(total)) : following(sum);
    const range = [from, Math.max(from, below)] as const;
    from = range[1];
    return range;
  });
}

/** The next larger number that can be written. */
function following(number: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  return view.getFloat64(0);
}
