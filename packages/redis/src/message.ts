import type { JsonObject, SwitchState, SwitchTarget } from '@sluice/core';

/** What a change tells on the channel. */
export type Message = SwitchMessage | DocumentMessage;

interface Told {
  readonly revision: number;
  /** Before the change: whoever knows that one needs no more than this message. */
  readonly previous: number;
}

interface SwitchMessage extends Told {
  readonly kind: 'switches';
  readonly target: SwitchTarget;
  /** `null` where what was set was taken back. */
  readonly state: SwitchState | null;
}

/** It brings no text: a document may be long, and who follows reads it. */
interface DocumentMessage extends Told {
  readonly kind: 'document';
}

/** `undefined` for what is no message; whoever hears it then asks Redis. */
export function readMessage(text: string): Message | undefined {
  try {
    const { kind, revision, previous, target, state } = JSON.parse(text) as SwitchMessage;
    if (!Number.isSafeInteger(revision) || !Number.isSafeInteger(previous)) return undefined;
    const told = { revision, previous };
    if (kind !== 'switches') return { kind: 'document', ...told };
    return { kind, ...told, target: readTarget(target), state: state === null ? null : readState(state) };
  } catch {
    return undefined;
  }
}

export function readTarget(value: unknown): SwitchTarget {
  const { switch: name, flag } = value as JsonObject;
  if (typeof name === 'string') return { switch: name };
  if (typeof flag === 'string') return { flag };
  throw new TypeError('it names neither a switch nor a flag');
}

/** Less thorough than core's `readSwitchStates`: a message is read while others wait for theirs, and only scripts of ours write it. */
export function readState(value: unknown): SwitchState {
  const { on, since, by, why, retryAfterSeconds, expiresAt } = value as Partial<SwitchState>;
  const isWho = typeof on === 'boolean' && typeof by === 'string' && typeof why === 'string';
  const isWhen = Number.isSafeInteger(since) && isNumberIfAny(retryAfterSeconds) && isNumberIfAny(expiresAt);
  if (isWho && isWhen) return value as SwitchState;
  throw new TypeError('it is no state of a switch');
}

function isNumberIfAny(value: unknown): boolean {
  return value === undefined || Number.isSafeInteger(value);
}
