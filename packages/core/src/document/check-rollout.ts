import { checkName } from './check-names.ts';
import type { Flag } from './flag.ts';
import type { Path } from './problem.ts';
import type { Review } from './review.ts';
import { type BucketingName, type Rollout, splittingOnly } from './rollout.ts';
import { controlOf } from './variants.ts';

/** Members that mean something to a vendor's bucketing alone. */
const vendorMembers = ['salt', 'unit', 'splitSalt', 'splitUnit'] as const;

/** Checks what a rollout names, and that it is written in the way of its bucketing. */
export function checkRollout(
  rollout: Rollout | undefined,
  path: Path,
  flag: Partial<Flag>,
  variants: readonly string[] | undefined,
  review: Review,
): void {
  const sound = review.sound(rollout, path);
  const { serve, split } = sound;
  checkName('variant', serve, [...path, 'serve'], variants, review);
  if (serve !== undefined && serve === controlOf(flag)) {
    review.warn([...path, 'serve'], 'is control, which everybody else gets as well, so the rollout changes nothing');
  }
  if (Array.isArray(split)) {
    for (const [index, part] of split.entries()) {
      checkName('variant', part.variant, [...path, 'split', index, 'variant'], variants, review);
    }
  } else {
    for (const name of Object.keys(split ?? {})) checkName('variant', name, [...path, 'split', name], variants, review);
  }
  checkBucketing(sound, path, sound.bucketing ?? flag.bucketing ?? 'sluice-1', review);
}

function checkBucketing(rollout: Partial<Rollout>, path: Path, bucketing: BucketingName, review: Review): void {
  const { percentage, split } = rollout;
  if (bucketing === 'sluice-1') {
    if (Array.isArray(split)) {
      review.refuseReference([...path, 'split'], 'is a list, which sluice-1 does not read; write variant: weight');
    }
    for (const member of vendorMembers) {
      if (rollout[member] === undefined) continue;
      review.refuseReference(
        [...path, member],
        `means nothing to sluice-1; write "${member === 'unit' ? 'unit' : 'salt'}" at the flag`,
      );
    }
    return;
  }
  if (split !== undefined && !Array.isArray(split)) {
    review.refuseReference(
      [...path, 'split'],
      `has no order, which ${bucketing} needs; write a list of { variant, weight }`,
    );
  }
  if (Array.isArray(split)) checkParts(split, [...path, 'split'], bucketing, review);
  if (splittingOnly.includes(bucketing) && percentage !== undefined && percentage !== 100) {
    review.refuseReference(
      [...path, 'percentage'],
      `has to be 100: ${bucketing} knows no percentage; write it as weights of a split`,
    );
  }
  for (const member of ['splitSalt', 'splitUnit'] as const) {
    if (rollout[member] === undefined || bucketing === 'unleash-1') continue;
    review.refuseReference([...path, member], `means nothing to ${bucketing}, only to unleash-1; take it out`);
  }
}

function checkParts(
  parts: readonly { readonly weight?: number; readonly from?: number; readonly below?: number }[],
  path: Path,
  bucketing: BucketingName,
  review: Review,
): void {
  const ranges = bucketing.startsWith('growthbook');
  for (const [index, { weight, from, below }] of parts.entries()) {
    const ranged = from !== undefined || below !== undefined;
    if (ranged && !ranges) {
      review.refuseReference([...path, index], `has a range, which ${bucketing} does not read; write its weight`);
    } else if (ranged === (weight !== undefined) || (ranged && (from === undefined || below === undefined))) {
      review.refuseReference(
        [...path, index],
        `needs a weight${ranges ? ', or else where it begins and ends: from, below' : ''}`,
      );
    }
  }
  if (new Set(parts.map(({ weight }) => weight === undefined)).size > 1) {
    review.refuseReference(path, 'mixes weights and ranges; write all parts in one way');
  }
}
