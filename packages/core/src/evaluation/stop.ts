import { answer, failure, noMetadata } from './answer.ts';
import type { CompiledFlags, CompiledSwitch } from './compile.ts';
import type { CompiledFlag } from './compile-flag.ts';
import { type Evaluation, type FlagMetadata, metadataKeys } from './evaluation.ts';
import { inForce } from './expiry.ts';
import type { Situation } from './situation.ts';
import type { Trace } from './trace.ts';

/** Control, where the flag was killed or a switch that it requires is off. What was switched beats what the document says. */
export function stoppedBy(
  flags: CompiledFlags,
  flag: CompiledFlag,
  situation: Situation | undefined,
  trace: Trace | undefined,
): Evaluation | undefined {
  const states = situation?.switches;
  const own = inForce(states?.flags.get(flag.key), situation?.now);
  const killed = own === undefined ? flags.killed?.has(flag.key) === true : !own.on;
  if (killed) {
    trace?.({ step: 'killed', passed: false });
    return stopped(flag, offMetadata(flag.key, own?.retryAfterSeconds, undefined));
  }
  for (const name of flag.requires) {
    const state = inForce(states?.switches.get(name), situation?.now);
    const declared = flags.switches.get(name);
    const on = state?.on ?? declared?.enabled ?? true;
    trace?.({ step: 'switch', name, passed: on });
    if (!on) return stopped(flag, offMetadata(name, state?.retryAfterSeconds, declared));
  }
  return undefined;
}

/** Whether an answer is that of a flag that was killed or whose switch is off. */
export function isStopped({ flagMetadata }: Evaluation): boolean {
  return flagMetadata[metadataKeys.switch] !== undefined;
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

const onAndOff: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['off', false],
]);

/** A switch answers as a boolean flag, so any client can ask for it. */
export function decideSwitch(
  flags: CompiledFlags,
  name: string,
  situation: Situation | undefined,
  trace: Trace | undefined,
): Evaluation {
  const state = inForce(situation?.switches?.switches.get(name), situation?.now);
  const declared = flags.switches.get(name);
  if (declared === undefined && state === undefined) {
    return failure('FLAG_NOT_FOUND', `${name} is neither a flag nor a switch of this document`);
  }
  const on = state?.on ?? declared?.enabled ?? true;
  trace?.({ step: 'switch', name, passed: on });
  const metadata = declared?.metadata ?? noMetadata;
  if (on) return answer(onAndOff, 'on', 'STATIC', metadata);
  const flagMetadata = Object.freeze({ ...metadata, ...offMetadata(name, state?.retryAfterSeconds, declared) });
  return answer(onAndOff, 'off', 'STATIC', flagMetadata);
}
