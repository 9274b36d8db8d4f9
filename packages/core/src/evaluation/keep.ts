import type { Assignments, StickyAssignment } from '../contracts/assignments.ts';
import type { CompiledFlag } from './compile-flag.ts';
import type { CompiledSticky } from './compile-targeting.ts';
import type { Evaluation } from './evaluation.ts';
import type { Situation } from './situation.ts';
import type { Trace } from './trace.ts';

/**
 * What a sticky flag answers where its hash would answer `fresh`: the variant that the unit has already. One that the hash
 * gives as well is answered as if nothing were kept, so that the unit stays in its arm. `fresh` is `undefined` where the unit
 * does not enter and the next rule decides.
 */
export function keep(
  flag: CompiledFlag,
  sticky: CompiledSticky,
  unit: string,
  fresh: Evaluation | undefined,
  assignments: Assignments,
  situation: Situation,
  trace: Trace | undefined,
): Evaluation | undefined {
  if (fresh?.errorCode !== undefined) return fresh;
  const given = assignments.get(flag.key, unit);
  if (given !== undefined && holds(given, flag, situation)) {
    if (fresh !== undefined && given.variant === (fresh.variant ?? null)) return fresh;
    const kept = sticky.kept.get(given.variant);
    if (kept !== undefined) {
      trace?.({ step: 'sticky', variant: given.variant });
      return kept;
    }
  }
  if (fresh === undefined) return undefined;
  const at = situation.now?.() ?? 0;
  const expires = sticky.ttlMs === undefined || situation.now === undefined ? {} : { expiresAt: at + sticky.ttlMs };
  assignments.set(flag.key, unit, { variant: fresh.variant ?? null, at, ...expires });
  return fresh;
}

/** Not expired, and not from before the flag, or a switch that it requires, was last switched on. */
function holds({ at, expiresAt }: StickyAssignment, flag: CompiledFlag, { switches, now }: Situation): boolean {
  if (expiresAt !== undefined && now !== undefined && now() >= expiresAt) return false;
  if (switches === undefined) return true;
  const since = switches.flags.get(flag.key)?.since;
  if (since !== undefined && since > at) return false;
  return flag.requires.every((name) => (switches.switches.get(name)?.since ?? at) <= at);
}
