import { type CompiledFlags, changedFlags, type SwitchStates, switchedFlags } from '@sluice/core';

export type LiveFlagsEvent =
  /** The flags, and switches, whose answers may be others from now on. */
  | { readonly type: 'changed'; readonly flagsChanged: readonly string[] }
  /** Answers go on, and may be old. Told again where the reason is another one. */
  | { readonly type: 'stale'; readonly message: string }
  /** All is well again; or, after a start that failed, there is a first document. */
  | { readonly type: 'recovered'; readonly message: string }
  /** There is no document, for this reason. */
  | { readonly type: 'failed'; readonly message: string };

/** What is known at one moment. */
export interface Known {
  readonly flags: CompiledFlags | undefined;
  readonly switches: SwitchStates;
  /** Why answers may be old, or why there are none, with the age that they have at this moment. */
  readonly problem: string | undefined;
  readonly document: Said;
  readonly store: Said;
}

/** Why a place has nothing newer; no reason where all is well. */
interface Said {
  readonly place: string;
  readonly reason: string | undefined;
}

/** What there is to tell of two moments, in the order in which it is told. */
export function eventsBetween(before: Known, after: Known): readonly LiveFlagsEvent[] {
  const events: LiveFlagsEvent[] = [];
  const places = ['document', 'store'] as const;
  const another = places.filter((place) => before[place].reason !== after[place].reason);
  const { reason } = after.document;
  if (after.flags === undefined) {
    if (another.includes('document') && reason !== undefined) events.push({ type: 'failed', message: reason });
    return events;
  }
  const first = before.flags === undefined;
  if (first || another.length > 0) {
    const mended = another.filter((place) => after[place].reason === undefined).map((place) => after[place].place);
    // Whoever waits for a start that failed waits for answers; that they may be old is said next.
    if (first || after.problem === undefined) {
      events.push({ type: 'recovered', message: `${mended.join(' and ')} is well again` });
    }
    if (after.problem !== undefined) events.push({ type: 'stale', message: after.problem });
  }
  const flagsChanged = changesBetween(before, after, after.flags);
  if (flagsChanged.length > 0) events.push({ type: 'changed', flagsChanged });
  return events;
}

function changesBetween(before: Known, after: Known, flags: CompiledFlags): readonly string[] {
  if (before.flags === undefined) {
    return [...new Set([...flags.flags.keys(), ...flags.switches.keys(), ...after.switches.switches.keys()])];
  }
  const changed = before.flags === flags ? [] : changedFlags(before.flags, flags);
  const switched = before.switches === after.switches ? [] : switchedFlags(flags, before.switches, after.switches);
  // Only one of the two ever happens at once.
  return changed.length > 0 ? changed : switched;
}
