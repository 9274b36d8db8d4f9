import type { SwitchState, SwitchStates } from '../contracts/switches.ts';

/** A state that still counts; `now` is asked only where it says that it will end. */
export function inForce(state: SwitchState | undefined, now: (() => number) | undefined): SwitchState | undefined {
  return state?.expiresAt === undefined || now === undefined || now() < state.expiresAt ? state : undefined;
}

/** The states that still count at `now`, ms since the epoch; the same object where all do. */
export function unexpired(states: SwitchStates, now: number): SwitchStates {
  const [switches, flags] = [withoutExpired(states.switches, now), withoutExpired(states.flags, now)];
  return switches === states.switches && flags === states.flags ? states : { ...states, switches, flags };
}

function withoutExpired(states: ReadonlyMap<string, SwitchState>, now: number): ReadonlyMap<string, SwitchState> {
  const left = [...states].filter(([, state]) => inForce(state, () => now) !== undefined);
  return left.length === states.size ? states : new Map(left);
}
