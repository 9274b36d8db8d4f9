import { unitOf } from '../bucketing/bucket.ts';
import type { Context } from '../conditions/attribute.ts';
import type { StickyAssignment } from '../contracts/assignments.ts';
import type { CompiledFlag } from './compile-flag.ts';
import type { Evaluation } from './evaluation.ts';
import type { Situation } from './situation.ts';
import type { Trace } from './trace.ts';

/**
 * What a flag answers where its hash had a say and `fresh` came of it: of a sticky flag, the variant that the unit has already.
 * One that `fresh` is as well is answered as if nothing were kept, so that the unit stays in its arm.
 */
export function keep(
  flag: CompiledFlag,
  context: Context,
  fresh: Evaluation,
  situation: Situation | undefined,
  trace: Trace | undefined,
): Evaluation {
  const sticky = flag.targeting?.sticky;
  if (sticky === undefined || situation?.assignments === undefined || fresh.errorCode !== undefined) return fresh;
  const unit = unitOf(flag.readUnit(context));
  if (unit === undefined) return fresh;
  const variant = fresh.variant ?? null;
  const given = situation.assignments.get(flag.key, unit);
  if (given !== undefined && holds(given, flag, situation)) {
    if (given.variant === variant) return fresh;
    const kept = sticky.kept.get(given.variant);
    if (kept !== undefined) {
      trace?.({ step: 'sticky', variant: given.variant });
      return kept;
    }
  }
  const at = situation.now?.() ?? 0;
  const expires = sticky.ttlMs === undefined || situation.now === undefined ? {} : { expiresAt: at + sticky.ttlMs };
  situation.assignments.set(flag.key, unit, { variant, at, ...expires });
  return fresh;
}

/** A stopped flag forgets whom it meets. */
export function forget(flag: CompiledFlag, context: Context, situation: Situation | undefined): void {
  if (flag.targeting?.sticky === undefined || situation?.assignments === undefined) return;
  const unit = unitOf(flag.readUnit(context));
  if (unit !== undefined) situation.assignments.delete(flag.key, unit);
}

/** Not expired, and not from before the flag, or a switch that it requires, was last switched on. */
function holds({ at, expiresAt }: StickyAssignment, flag: CompiledFlag, { switches, now }: Situation): boolean {
  if (expiresAt !== undefined && now !== undefined && now() >= expiresAt) return false;
  if (switches === undefined) return true;
  const since = switches.flags.get(flag.key)?.since;
  if (since !== undefined && since > at) return false;
  return flag.requires.every((name) => (switches.switches.get(name)?.since ?? at) <= at);
}
