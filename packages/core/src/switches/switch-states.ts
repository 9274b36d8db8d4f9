import type { SwitchState, SwitchStates } from '../contracts/switches.ts';
import type { Path } from '../document/problem.ts';
import { formatPath } from '../document/problem.ts';
import { describe, flagOrSwitch, number, type Reader, Review, text } from '../document/review.ts';
import { isObject, type JsonObject } from '../json.ts';

/** What holds where nothing was ever switched. */
export const noSwitches: SwitchStates = Object.freeze({ revision: 0, switches: new Map(), flags: new Map() });

const whole = number(0, Number.MAX_SAFE_INTEGER, true);

const stateMembers: Readonly<Record<keyof SwitchState, Reader>> = {
  on: flagOrSwitch,
  since: whole,
  by: text,
  why: text,
  retryAfterSeconds: whole,
  expiresAt: whole,
};
const optionalMembers: readonly string[] = ['retryAfterSeconds', 'expiresAt'];

/**
 * Reads `{ "revision", "switches": { name: state }, "flags": { key: state } }`, as `writeSwitchStates` made it. Members that
 * it does not know are left out, so that a newer writer can be read.
 *
 * @throws {Error} naming every place that does not fit.
 */
export function readSwitchStates(value: unknown): SwitchStates {
  const review = new Review();
  const given = isObject(value) ? value : {};
  if (!isObject(value)) review.refuse([], `have to be an object, not ${describe(value)}`);
  whole(given['revision'], ['revision'], review);
  const states = {
    revision: given['revision'] as number,
    switches: readMap(given['switches'], ['switches'], review),
    flags: readMap(given['flags'], ['flags'], review),
  };
  if (!review.refused) return states;
  const faults = review.problems.map(
    ({ path, message }) => `${path.length === 0 ? 'they' : formatPath(path)} ${message}`,
  );
  throw new Error(`these are no switch states: ${faults.join('; ')}`);
}

function readMap(value: unknown, path: Path, review: Review): ReadonlyMap<string, SwitchState> {
  if (!isObject(value)) review.refuse(path, `has to be an object, not ${describe(value)}`);
  const entries = isObject(value) ? Object.entries(value) : [];
  return new Map(entries.map(([name, state]) => [name, readState(state, [...path, name], review)]));
}

function readState(value: unknown, path: Path, review: Review): SwitchState {
  if (!isObject(value)) review.refuse(path, `has to be an object, not ${describe(value)}`);
  const given = isObject(value) ? value : {};
  const members = Object.entries(stateMembers).filter(
    ([name]) => !optionalMembers.includes(name) || given[name] !== undefined,
  );
  for (const [name, read] of members) if (isObject(value)) read(given[name], [...path, name], review);
  return Object.fromEntries(members.map(([name]) => [name, given[name]])) as unknown as SwitchState;
}

/** Switch states as JSON, which `readSwitchStates` reads as the same states. */
export function writeSwitchStates({ revision, switches, flags }: SwitchStates): JsonObject {
  return { revision, switches: writeMap(switches), flags: writeMap(flags) };
}

/** By `fromEntries`, for which `__proto__` is a name like any other. */
function writeMap(states: ReadonlyMap<string, SwitchState>): JsonObject {
  return Object.fromEntries(
    [...states].map(([name, { on, since, by, why, retryAfterSeconds, expiresAt }]) => [
      name,
      {
        on,
        since,
        by,
        why,
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
        ...(expiresAt === undefined ? {} : { expiresAt }),
      },
    ]),
  );
}
