import type { Document, SwitchState, SwitchStates, SwitchTarget } from '@sluice/core';
import type { SwitchOverview } from './operations.ts';
import { declaredOn, ownMember } from './switch-changes.ts';

/** The document's default. */
const RETRY_AFTER_SECONDS = 300;

/** What is switched, with the states that have not expired; in order of name. */
export function overviewOf(
  document: Document | undefined,
  states: SwitchStates | undefined,
  now: number,
): readonly SwitchOverview[] {
  const holds = (state: SwitchState | undefined): SwitchState | undefined =>
    state === undefined || (state.expiresAt !== undefined && state.expiresAt <= now) ? undefined : state;
  const rows: SwitchOverview[] = [];
  const add = (target: SwitchTarget, state: SwitchState | undefined): void => {
    const declared = document && declaredOn(document, target);
    const written = target.switch === undefined ? undefined : ownMember(document?.switches, target.switch);
    rows.push({
      target,
      on: state?.on ?? declared ?? true,
      declared: declared !== undefined,
      ...(state === undefined ? {} : { state }),
      retryAfterSeconds: state?.retryAfterSeconds ?? written?.retryAfterSeconds ?? RETRY_AFTER_SECONDS,
    });
  };
  for (const name of new Set([...Object.keys(document?.switches ?? {}), ...(states?.switches.keys() ?? [])])) {
    const state = holds(states?.switches.get(name));
    if (state !== undefined || ownMember(document?.switches, name) !== undefined) add({ switch: name }, state);
  }
  const killed = Object.entries(document?.flags ?? {}).flatMap(([key, flag]) => (flag.killed === true ? [key] : []));
  for (const key of new Set([...killed, ...(states?.flags.keys() ?? [])])) {
    const state = holds(states?.flags.get(key));
    if (state !== undefined || killed.includes(key)) add({ flag: key }, state);
  }
  return rows.sort((left, right) => compare(nameIn(left), nameIn(right)));
}

function nameIn({ target }: SwitchOverview): string {
  return target.switch ?? target.flag;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
