import { partAt, positionOf, unitOf } from '../bucketing/bucket.ts';
import type { Context } from '../conditions/attribute.ts';
import { failure } from './answer.ts';
import type { CompiledFlags } from './compile.ts';
import type { CompiledFlag } from './compile-flag.ts';
import type { CompiledRollout, Pair } from './compile-rollout.ts';
import { type VendorRollout, vendorUnit } from './compile-vendor-rollout.ts';
import type { Evaluation } from './evaluation.ts';
import type { Trace } from './trace.ts';

/** What a rollout gives a context; `undefined` for one that does not enter, where `orNext` says that the next rule decides. */
export function rollOut(
  flags: CompiledFlags,
  flag: CompiledFlag,
  rollout: CompiledRollout,
  context: Context,
  orNext: boolean,
  trace: Trace | undefined,
): Evaluation | undefined {
  if (rollout.vendor !== undefined) return rollOutAsVendor(rollout.vendor, rollout, context, orNext, trace);
  let position = 0;
  let unit: string | undefined;
  if (rollout.needsUnit) {
    const read = flag.readUnit(context);
    unit = unitOf(read);
    if (unit === undefined) return unitFailure(flag, flag.unit, read);
    position = positionOf(unit, rollout.seeds.enter, flags.hash);
  }
  const entered = position < rollout.enter;
  if (!entered) {
    const compared = position >= rollout.controlFrom;
    trace?.({ step: 'rollout', rollout, unit, position, entered, split: undefined, compared });
    return orNext ? undefined : of(rollout.outside, compared);
  }
  const split = rollout.parts.length > 1 ? positionOf(unit as string, rollout.seeds.split, flags.hash) : undefined;
  const part = split === undefined ? 0 : partAt(rollout.parts, split);
  const compared = position < rollout.candidateBelow;
  trace?.({ step: 'rollout', rollout, unit, position, entered, split, compared });
  return of(rollout.inside[part] as Pair, compared);
}

function rollOutAsVendor(
  vendor: VendorRollout,
  rollout: CompiledRollout,
  context: Context,
  orNext: boolean,
  trace: Trace | undefined,
): Evaluation | undefined {
  const { bucketing, units, splitUnits } = vendor;
  const unit = vendorUnit(vendor, units, 'enter', context);
  const everyone = rollout.enter >= bucketing.scale;
  let position = 0;
  let entered = everyone;
  if (unit === undefined) entered = bucketing.entersWithoutUnit(everyone, units.length === 1);
  else if (!everyone) {
    position = bucketing.place(vendor.salt, unit);
    entered = position < rollout.enter;
  }
  let part = 0;
  if (entered && vendor.split !== undefined) {
    part = vendor.split.choose(vendor.splitSalt, vendorUnit(vendor, splitUnits, 'split', context));
  }
  if (!entered || part < 0) {
    // Units that got no part have a place among those that enter, and so are nobody's control.
    const compared = !entered && unit !== undefined && position >= rollout.controlFrom;
    trace?.({ step: 'rollout', rollout, unit, position, entered: false, split: undefined, compared });
    return orNext ? undefined : of(rollout.outside, compared);
  }
  const compared = position < rollout.candidateBelow;
  trace?.({ step: 'rollout', rollout, unit, position, entered, split: undefined, compared });
  return of(rollout.inside[part] as Pair, compared);
}

function of(pair: Pair, compared: boolean): Evaluation {
  return compared ? pair.compared : pair.uncompared;
}

export function unitFailure(flag: CompiledFlag, attribute: string, read: unknown): Evaluation {
  const missing = read === undefined || read === '';
  const what = missing ? 'is missing' : 'is neither a string nor a safe integer';
  return failure(
    missing && attribute === 'targetingKey' ? 'TARGETING_KEY_MISSING' : 'INVALID_CONTEXT',
    `${flag.key} buckets by ${attribute}, which ${what} in the evaluation context`,
    flag.metadata,
  );
}
