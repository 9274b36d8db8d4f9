import { type Part, POSITIONS } from './bucket.ts';

/**
 * Which positions of a rollout are compared with which.
 *
 * Candidates are the entered units below `candidateBelow`; control is the cohort at or above `controlFrom`. Both grow
 * from opposite ends while the percentage grows to one half, so no unit crosses from one to the other, and the two are
 * equal in size at every step: comparing 1% with the other 99% finds winners wherever a baseline drifts during the ramp.
 */
export interface Cohorts {
  readonly candidateBelow: number;
  readonly controlFrom: number;
}

/**
 * Cohorts of a rollout that enters positions below `enter` and does not hold control in its split. `largestShare` is the
 * largest part of the split, which the control cohort matches. `scale` is what a vendor has instead of our positions.
 */
export function cohortsOf(enter: number, largestShare: number, scale: number = POSITIONS): Cohorts {
  const candidateBelow = Math.min(enter, scale - enter);
  const matched = candidateBelow * largestShare;
  return { candidateBelow, controlFrom: scale - (scale === POSITIONS ? Math.floor(matched) : matched) };
}

export function largestShare(parts: readonly Pick<Part, 'share'>[]): number {
  return parts.reduce((largest, part) => Math.max(largest, part.share), 0);
}
