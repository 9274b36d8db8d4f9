import {
  type Author,
  readSwitchStates,
  type SwitchAuditEntry,
  type SwitchState,
  type SwitchStates,
  type SwitchTarget,
  writeSwitchStates,
} from '@sluice/core';

export interface SwitchEdit {
  readonly target: SwitchTarget;
  /** `null` where what was set is taken back. */
  readonly state: SwitchState | null;
  readonly author: Author;
}

/**
 * Switch states after an edit, and its entry in the audit trail.
 *
 * Revisions are times, so that they grow also past states that were lost.
 *
 * @throws for a state that no reader would accept.
 */
export function changeSwitches(
  before: SwitchStates,
  { target, state, author: { by, why } }: SwitchEdit,
): { readonly states: SwitchStates; readonly entry: SwitchAuditEntry } {
  const at = Date.now();
  const revision = Math.max(before.revision + 1, at);
  const [switches, flags] = [new Map(before.switches), new Map(before.flags)];
  const [states, name] = target.flag === undefined ? [switches, target.switch] : [flags, target.flag];
  if (state === null) states.delete(name);
  else states.set(name, state);
  const written = writeSwitchStates({ revision, switches, flags });
  return { states: readSwitchStates(written), entry: { action: 'switch', at, by, why, target, state, revision } };
}
