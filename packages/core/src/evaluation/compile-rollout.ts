import { cohortsOf, largestShare } from '../bucketing/arm.ts';
import { enterBelow, type Part, POSITIONS, type Seeds, splitParts } from '../bucketing/bucket.ts';
import type { Flag } from '../document/flag.ts';
import type { Rollout } from '../document/rollout.ts';
import type { JsonValue } from '../json.ts';
import { answer } from './answer.ts';
import { compileVendorRollout, type VendorRollout, vendorParts } from './compile-vendor-rollout.ts';
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
  /** `null`: the caller's own default. */
  readonly control: string | null;
  readonly salt: string;
  readonly seeds: Seeds;
}

export interface CompiledRollout {
  readonly percentage: number;
  readonly stage: string;
  readonly seeds: Seeds;
  /** How a vendor places units; then the positions below are places in that vendor's own scale. */
  readonly vendor: VendorRollout | undefined;
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
export interface Pair {
  readonly compared: Evaluation;
  readonly uncompared: Evaluation;
}

/** `fallsThrough`: units that don't enter go on to the next rule, and so are nobody's control here. */
export function compileRollout(
  rollout: Rollout,
  stage: string,
  ingredients: Ingredients,
  fallsThrough = false,
): CompiledRollout {
  const { flag, set, flagVersion, values, control, seeds } = ingredients;
  const bucketing = rollout.bucketing ?? flag.bucketing ?? 'sluice-1';
  const vendor = bucketing === 'sluice-1' ? undefined : compileVendorRollout(bucketing, rollout, ingredients);
  const scale = vendor?.bucketing.scale ?? POSITIONS;
  const enter = vendor?.bucketing.enterBelow(rollout.percentage) ?? enterBelow(rollout.percentage);
  const parts = partsOf(rollout, vendor);
  const candidates = parts.filter((part) => part.variant !== control);
  // Where the split holds control, its own parts are compared, and nobody outside it is.
  const holdsControl = parts.some((part) => part.variant === control);
  const { candidateBelow, controlFrom } = holdsControl
    ? { candidateBelow: enter, controlFrom: scale }
    : cohortsOf(fallsThrough ? 0 : enter, largestShare(parts), scale);
  const active = control !== null && candidates.length > 0 && candidateBelow > 0;

  const metadata = (arm: Arm, share?: number): FlagMetadata =>
    rolloutMetadata(set, flag, flagVersion, bucketing, stage, active, arm, share);
  const none = metadata('none');
  /** `all`: every unit that gets this variant here is compared, so the other answer is never asked for, and not made. */
  const pair = (variant: string | null, arm: Arm, positions: number, all: boolean): Pair => {
    if (!active || positions === 0) {
      const uncompared = answer(values, variant, 'SPLIT', none);
      return { compared: uncompared, uncompared };
    }
    const compared = answer(values, variant, 'SPLIT', metadata(arm, positions / scale));
    return { compared, uncompared: all ? compared : answer(values, variant, 'SPLIT', none) };
  };
  return {
    percentage: rollout.percentage,
    stage,
    seeds,
    vendor,
    enter,
    candidateBelow,
    controlFrom,
    parts,
    needsUnit: enter > 0 && (enter < scale || parts.length > 1),
    inside: parts.map(({ variant, share }) =>
      pair(variant, variant === control ? 'control' : 'candidate', candidateBelow * share, candidateBelow === enter),
    ),
    outside: pair(control, 'control', scale - controlFrom, controlFrom === enter),
  };
}

function partsOf({ serve, split }: Rollout, vendor: VendorRollout | undefined): readonly Part[] {
  if (serve !== undefined) return [{ variant: serve, below: POSITIONS, share: 1 }];
  return vendor === undefined
    ? splitParts((split ?? {}) as Readonly<Record<string, number>>)
    : vendorParts(vendor, split);
}
