import { POSITIONS, positionOf, unitOf } from '../bucketing/bucket.ts';
import type { Context } from '../conditions/attribute.ts';
import type { Prerequisites } from '../document/flag.ts';
import { failure } from './answer.ts';
import type { CompiledFlags } from './compile.ts';
import type { CompiledFlag } from './compile-flag.ts';
import type { CompiledTargeting } from './compile-targeting.ts';
import type { Evaluation } from './evaluation.ts';
import { forget, keep } from './keep.ts';
import { rollOut, unitFailure } from './roll-out.ts';
import type { Situation } from './situation.ts';
import { decideSwitch, isStopped, stoppedBy } from './stop.ts';
import type { Trace } from './trace.ts';

/**
 * One answer. The order is: not found, disabled, killed, a required switch off, prerequisites, targets, holdout, layer, rules,
 * rollout, control. Never throws.
 *
 * Every answer is frozen; one that depends on nothing but the variant is the same object every time.
 */
export function evaluate(flags: CompiledFlags, key: string, context: Context, situation?: Situation): Evaluation {
  return decide(flags, key, context, situation, undefined);
}

/** `evaluate`, telling `trace` each step of the order that was taken: one order, so an explanation cannot drift from it. */
export function decide(
  flags: CompiledFlags,
  key: string,
  context: Context,
  situation: Situation | undefined,
  trace: Trace | undefined,
): Evaluation {
  let flag: CompiledFlag | undefined;
  try {
    flag = flags.flags.get(key);
    if (flag === undefined) return decideSwitch(flags, key, situation, trace);
    if (flag.disabled !== undefined) {
      trace?.({ step: 'enabled', passed: false });
      forget(flag, context, situation);
      return flag.disabled;
    }
    if (situation?.switches !== undefined || flag.requires.length > 0 || flags.killed?.has(key) === true) {
      const stopped = stoppedBy(flags, flag, situation, trace);
      if (stopped !== undefined) {
        forget(flag, context, situation);
        return stopped;
      }
    }
    if (flag.targeting !== undefined) {
      const targeted = target(flags, flag, flag.targeting, context, situation, trace);
      if (targeted !== undefined) return targeted;
    }
    // An explanation names the rules that did not match as well.
    const rules = flag.index === undefined || trace !== undefined ? flag.rules : flag.index.candidates(context);
    let hashed = false;
    for (const rule of rules) {
      let matched = rule.matches(context, situation?.now);
      if (matched && rule.prerequisites !== undefined) {
        matched = meets(flags, rule.prerequisites, context, situation, trace);
      }
      trace?.({ step: 'rule', name: rule.name, passed: matched });
      if (!matched) continue;
      if (rule.serve !== undefined) return hashed ? keep(flag, context, rule.serve, situation, trace) : rule.serve;
      if (rule.rollout === undefined) continue;
      hashed = true;
      const given = rollOut(flags, flag, rule.rollout, context, rule.fallsThrough, trace);
      if (given !== undefined) return keep(flag, context, given, situation, trace);
    }
    if (flag.rollout !== undefined) {
      const given = rollOut(flags, flag, flag.rollout, context, false, trace);
      if (given !== undefined) return keep(flag, context, given, situation, trace);
    }
    trace?.({ step: 'control' });
    return hashed ? keep(flag, context, flag.otherwise, situation, trace) : flag.otherwise;
  } catch (error) {
    // An attribute: a getter or a proxy in the caller's context that throws.
    return failure('GENERAL', `the context of ${key} could not be read: ${print(error)}`, flag?.metadata);
  }
}

/** What comes before any rule: who may be asked at all, who is named, who is kept out. */
function target(
  flags: CompiledFlags,
  flag: CompiledFlag,
  { prerequisites, unmet, targets, holdout, layer }: CompiledTargeting,
  context: Context,
  situation: Situation | undefined,
  trace: Trace | undefined,
): Evaluation | undefined {
  if (prerequisites !== undefined && !meets(flags, prerequisites, context, situation, trace)) return unmet;
  if (targets !== undefined) {
    const unit = unitOf(flag.readUnit(context));
    const named = unit === undefined ? undefined : targets.get(unit);
    if (named !== undefined) {
      trace?.({ step: 'target', variant: named.variant });
      return named;
    }
  }
  if (holdout !== undefined) {
    const read = holdout.readUnit(context);
    const unit = unitOf(read);
    if (unit === undefined) return unitFailure(flag, holdout.unit, read);
    const held = positionOf(unit, holdout.seed, flags.hash) < holdout.below;
    trace?.({ step: 'holdout', name: holdout.name, passed: !held });
    if (held) return holdout.held;
  }
  if (layer !== undefined) {
    const read = layer.readUnit(context);
    const unit = unitOf(read);
    if (unit === undefined) return unitFailure(flag, layer.unit, read);
    const slot = Math.floor((positionOf(unit, layer.seed, flags.hash) / POSITIONS) * layer.slots);
    const inside = slot >= layer.from && slot < layer.below;
    trace?.({ step: 'layer', name: layer.name, slot, passed: inside });
    if (!inside) return layer.outside;
  }
  return undefined;
}

/** A flag that is disabled or stopped meets nothing, whatever it serves. */
function meets(
  flags: CompiledFlags,
  prerequisites: Prerequisites,
  context: Context,
  situation: Situation | undefined,
  trace: Trace | undefined,
): boolean {
  for (const key of Object.keys(prerequisites)) {
    const answer = decide(flags, key, context, situation, undefined);
    const { variant, reason } = answer;
    const met =
      variant !== undefined &&
      reason !== 'DISABLED' &&
      !isStopped(answer) &&
      prerequisites[key]?.includes(variant) === true;
    trace?.({ step: 'prerequisite', name: key, variant, passed: met });
    if (!met) return false;
  }
  return true;
}

/** What was thrown may be anything, an object that throws when it is printed included. */
function print(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'an error that cannot be printed';
  }
}
