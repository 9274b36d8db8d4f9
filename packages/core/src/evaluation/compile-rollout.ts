import { cohortsOf, largestShare } from '../bucketing/arm.ts';
import { enterBelow, type Part, POSITIONS, type Seeds, splitParts } from '../bucketing/bucket.ts';
import type { Flag } from '../document/flag.ts';
import type { Rollout } from '../document/rollout.ts';
import type { JsonValue } from '../json.ts';
import type { Arm, Evaluation, FlagMetadata } from './evaluation.ts';
import { rolloutMetadata, type SetMetadata } from './metadata.ts';

/** What the answers of one flag are made of. */
export interface Ingredients {
  readonly flag: Flag;
  readonly set: SetMetadata;
  readonly flagVersion: string;
  /** Of answers that no rollout gave. */
  readonly metadata: FlagMetadata;
  readonly values: ReadonlyMap<string, JsonValue>;
  readonly control: string;
  readonly seeds: Seeds;
}

export interface CompiledRollout {
  readonly percentage: number;
  readonly stage: string;
  readonly seeds: Seeds;
  /** Units at positions below this one enter. */
  readonly enter: number;
  /** Of those who enter, units below this position are compared. */
  readonly candidateBelow: number;
  /** Of those who don't enter, units from this position on are compared. */
  readonly controlFrom: number;
  readonly parts: readonly Part[];
  /** False where every unit gets the same answer. */
  readonly needsUnit: boolean;
  /** By part. */
  readonly inside: readonly Pair[];
  readonly outside: Pair;
}

/** The answer to units that are compared, and the one to those that are not. */
interface Pair {
  readonly compared: Evaluation;
  readonly uncompared: Evaluation;
}

export function compileRollout(rollout: Rollout, stage: string, ingredients: Ingredients): CompiledRollout {
  const { flag, set, flagVersion, values, control, seeds } = ingredients;
  const enter = enterBelow(rollout.percentage);
  const parts: readonly Part[] =
    rollout.serve === undefined
      ? splitParts((rollout.split ?? {}) as Readonly<Record<string, number>>)
      : [{ variant: rollout.serve, below: POSITIONS, share: 1 }];
  const candidates = parts.filter((part) => part.variant !== control);
  // Where the split holds control, its own parts are compared, and nobody outside it is.
  const holdsControl = parts.some((part) => part.variant === control);
  const { candidateBelow, controlFrom } = holdsControl
    ? { candidateBelow: enter, controlFrom: POSITIONS }
    : cohortsOf(enter, largestShare(parts));
  const active = candidates.length > 0 && candidateBelow > 0;

  const metadata = (arm: Arm, share?: number): FlagMetadata =>
    rolloutMetadata(set, flag, flagVersion, stage, active, arm, share);
  const answer = (variant: string, flagMetadata: FlagMetadata): Evaluation =>
    Object.freeze({ value: values.get(variant) ?? null, variant, reason: 'SPLIT', flagMetadata });
  const none = metadata('none');
  /** `all`: every unit that gets this variant here is compared, so the other answer is never asked for, and not made. */
  const pair = (variant: string, arm: Arm, positions: number, all: boolean): Pair => {
    if (!active || positions === 0) {
      const uncompared = answer(variant, none);
      return { compared: uncompared, uncompared };
    }
    const compared = answer(variant, metadata(arm, positions / POSITIONS));
    return { compared, uncompared: all ? compared : answer(variant, none) };
  };
  return {
    percentage: rollout.percentage,
    stage,
    seeds,
    enter,
    candidateBelow,
    controlFrom,
    parts,
    needsUnit: enter > 0 && (enter < POSITIONS || parts.length > 1),
    inside: parts.map(({ variant, share }) =>
      pair(variant, variant === control ? 'control' : 'candidate', candidateBelow * share, candidateBelow === enter),
    ),
    outside: pair(control, 'control', POSITIONS - controlFrom, controlFrom === enter),
  };
}
