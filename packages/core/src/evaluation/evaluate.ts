import { partAt, positionOf } from '../bucketing/bucket.ts';
import type { Context } from '../conditions/attribute.ts';
import type { SwitchStates } from '../contracts/switches.ts';
import type { CompiledFlags, CompiledSwitch } from './compile.ts';
import type { CompiledFlag } from './compile-flag.ts';
import type { CompiledRollout } from './compile-rollout.ts';
import { type Evaluation, type EvaluationErrorCode, type FlagMetadata, metadataKeys } from './evaluation.ts';
import type { Trace } from './trace.ts';

/**
 * One answer. The order is: not found, disabled, killed, a required switch off, rules, rollout, control. Never throws.
 *
 * Every answer is frozen; one that depends on nothing but the variant is the same object every time.
 *
 * @param states what is switched now; it beats the document.
 */
export function evaluate(flags: CompiledFlags, key: string, context: Context, states?: SwitchStates): Evaluation {
  return decide(flags, key, context, states, undefined);
}

/** `evaluate`, telling `trace` each step of the order that was taken: one order, so an explanation cannot drift from it. */
export function decide(
  flags: CompiledFlags,
  key: string,
  context: Context,
  states: SwitchStates | undefined,
  trace: Trace | undefined,
): Evaluation {
  let flag: CompiledFlag | undefined;
  try {
    flag = flags.flags.get(key);
    if (flag === undefined) return decideSwitch(flags, key, states, trace);
    if (!flag.enabled) {
      trace?.({ step: 'enabled', passed: false });
      return Object.freeze({ value: undefined, reason: 'DISABLED', flagMetadata: flag.metadata });
    }
    if (states !== undefined || flag.requires.length > 0) {
      const stopped = stoppedBy(flags, flag, states, trace);
      if (stopped !== undefined) return stopped;
    }
    for (const rule of flag.rules) {
      const matched = rule.matches(context);
      trace?.({ step: 'rule', name: rule.name, passed: matched });
      if (!matched) continue;
      if (rule.serve !== undefined) return rule.serve;
      if (rule.rollout !== undefined) return rollOut(flags, flag, rule.rollout, context, trace);
    }
    if (flag.rollout !== undefined) return rollOut(flags, flag, flag.rollout, context, trace);
    trace?.({ step: 'control' });
    return flag.otherwise;
  } catch (error) {
    // An attribute: a getter or a proxy in the caller's context that throws.
    return failure('GENERAL', `the context of ${key} could not be read: ${print(error)}`, flag?.metadata);
  }
}

/** An answer in which the caller's default is served. */
export function failure(
  errorCode: EvaluationErrorCode,
  errorMessage: string,
  flagMetadata: FlagMetadata = noMetadata,
): Evaluation {
  return Object.freeze({ value: undefined, reason: 'ERROR', errorCode, errorMessage, flagMetadata });
}

const noMetadata: FlagMetadata = Object.freeze({});

/** What was thrown may be anything, an object that throws when it is printed included. */
function print(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'an error that cannot be printed';
  }
}

/** A switch answers as a boolean flag, so any client can ask for it. */
function decideSwitch(
  flags: CompiledFlags,
  name: string,
  states: SwitchStates | undefined,
  trace: Trace | undefined,
): Evaluation {
  const state = states?.switches.get(name);
  const declared = flags.switches.get(name);
  if (declared === undefined && state === undefined) {
    return failure('FLAG_NOT_FOUND', `${name} is neither a flag nor a switch of this document`);
  }
  const on = state?.on ?? declared?.enabled ?? true;
  trace?.({ step: 'switch', name, passed: on });
  const metadata = declared?.metadata ?? noMetadata;
  if (on) return Object.freeze({ value: true, variant: 'on', reason: 'STATIC', flagMetadata: metadata });
  const flagMetadata = Object.freeze({ ...metadata, ...offMetadata(name, state?.retryAfterSeconds, declared) });
  return Object.freeze({ value: false, variant: 'off', reason: 'STATIC', flagMetadata });
}

function stoppedBy(
  flags: CompiledFlags,
  flag: CompiledFlag,
  states: SwitchStates | undefined,
  trace: Trace | undefined,
): Evaluation | undefined {
  const killed = states?.flags.get(flag.key);
  if (killed !== undefined && !killed.on) {
    trace?.({ step: 'killed', passed: false });
    return stopped(flag, offMetadata(flag.key, killed.retryAfterSeconds, undefined));
  }
  for (const name of flag.requires) {
    const state = states?.switches.get(name);
    const declared = flags.switches.get(name);
    const on = state?.on ?? declared?.enabled ?? true;
    trace?.({ step: 'switch', name, passed: on });
    if (!on) return stopped(flag, offMetadata(name, state?.retryAfterSeconds, declared));
  }
  return undefined;
}

function stopped(flag: CompiledFlag, off: FlagMetadata): Evaluation {
  const flagMetadata = Object.freeze({ ...flag.metadata, ...off });
  return Object.freeze({ ...flag.otherwise, reason: 'DEFAULT', flagMetadata });
}

function offMetadata(name: string, seconds: number | undefined, declared: CompiledSwitch | undefined): FlagMetadata {
  return {
    [metadataKeys.switch]: name,
    [metadataKeys.retryAfterSeconds]: seconds ?? declared?.retryAfterSeconds ?? 300,
  };
}

function rollOut(
  flags: CompiledFlags,
  flag: CompiledFlag,
  rollout: CompiledRollout,
  context: Context,
  trace: Trace | undefined,
): Evaluation {
  let position = 0;
  let unit: string | undefined;
  if (rollout.needsUnit) {
    const read = flag.readUnit(context);
    if (typeof read === 'string' && read !== '') unit = read;
    else if (Number.isSafeInteger(read)) unit = String(read);
    else return unitFailure(flag, read);
    position = positionOf(unit, rollout.seeds.enter, flags.hash);
  }
  const entered = position < rollout.enter;
  if (!entered) {
    const compared = position >= rollout.controlFrom;
    trace?.({ step: 'rollout', rollout, unit, position, entered, split: undefined, compared });
    return compared ? rollout.outside.compared : rollout.outside.uncompared;
  }
  const split = rollout.parts.length > 1 ? positionOf(unit as string, rollout.seeds.split, flags.hash) : undefined;
  const part = split === undefined ? 0 : partAt(rollout.parts, split);
  const compared = position < rollout.candidateBelow;
  trace?.({ step: 'rollout', rollout, unit, position, entered, split, compared });
  const inside = rollout.inside[part] as CompiledRollout['inside'][number];
  return compared ? inside.compared : inside.uncompared;
}

function unitFailure(flag: CompiledFlag, read: unknown): Evaluation {
  const missing = read === undefined || read === '';
  const what = missing ? 'is missing' : 'is neither a string nor a safe integer';
  return failure(
    missing && flag.unit === 'targetingKey' ? 'TARGETING_KEY_MISSING' : 'INVALID_CONTEXT',
    `${flag.key} buckets by ${flag.unit}, which ${what} in the evaluation context`,
    flag.metadata,
  );
}
