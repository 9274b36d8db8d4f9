import { readSwitchStates, type SwitchState, type SwitchStates, type SwitchTarget } from '@sluice/core';
import type { Message } from './message.ts';
import { readRevision } from './replies.ts';

/** The field of the hash that holds a state; a prefix keeps every name apart from `revision`. */
export function fieldOf(target: SwitchTarget): string {
  return target.switch === undefined ? `flag:${target.flag}` : `switch:${target.switch}`;
}

/** @throws {Error} for a hash that another program spoiled, naming the field. */
export function readStates(hash: ReadonlyMap<string, string>, place: string): SwitchStates {
  const [switches, flags]: [string, unknown][][] = [[], []];
  for (const [field, text] of hash) {
    const found = /^(switch|flag):(.*)$/s.exec(field);
    const [, kind, name = ''] = found ?? [];
    if (kind !== undefined) (kind === 'switch' ? switches : flags)?.push([name, parse(text, `${place}, ${field}`)]);
  }
  const revision = readRevision(hash.get('revision'), place);
  try {
    // By `fromEntries`, for which `__proto__` is a name like any other.
    return readSwitchStates({
      revision,
      switches: Object.fromEntries(switches ?? []),
      flags: Object.fromEntries(flags ?? []),
    });
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`, { cause: error });
  }
}

/** States with one change; those before it stay as they are, since others hold them. */
export function applyMessage(before: SwitchStates, message: Message): SwitchStates | undefined {
  if (message.kind !== 'switches') return undefined;
  const { revision, target, state } = message;
  return target.switch === undefined
    ? { revision, switches: before.switches, flags: changed(before.flags, target.flag, state) }
    : { revision, switches: changed(before.switches, target.switch, state), flags: before.flags };
}

function changed(
  states: ReadonlyMap<string, SwitchState>,
  name: string,
  state: SwitchState | null,
): ReadonlyMap<string, SwitchState> {
  const copy = new Map(states);
  if (state === null) copy.delete(name);
  else copy.set(name, state);
  return copy;
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${place} holds no JSON; another program wrote it`, { cause: error });
  }
}
