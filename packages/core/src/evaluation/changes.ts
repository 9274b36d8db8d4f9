import { compareUtf8 } from '../bucketing/utf8.ts';
import type { SwitchState } from '../contracts/switches.ts';
import type { CompiledFlags } from './compile.ts';
import type { SwitchesInForce } from './situation.ts';

const nothing: ReadonlySet<string> = new Set();

/**
 * The flags, and switches, whose answers may differ between two documents: changed, added or removed ones, those that only
 * one of the two shows to clients, and flags that require a switch which changed. In order of name. A new document version
 * alone changes no flag.
 */
export function changedFlags(before: CompiledFlags, after: CompiledFlags): readonly string[] {
  const switches = differing(before.switches, after.switches, (old, young) => !same(old, young));
  const changed = new Set(switches);
  for (const key of [...before.clientKeys, ...after.clientKeys]) {
    if (before.clientKeys.has(key) !== after.clientKeys.has(key)) changed.add(key);
  }
  for (const key of new Set([...before.flags.keys(), ...after.flags.keys()])) {
    const differs = before.flags.versionOf(key) !== after.flags.versionOf(key);
    if (differs || restsOn(after, key, { switches, flags: nothing })) changed.add(key);
  }
  return [...changed].sort(compareUtf8);
}

/**
 * The flags, and switches, whose answers may differ between two states of what is switched: those that were switched, the
 * flags that require such a switch, and those whose prerequisites do. In order of name. Both states without what has
 * expired, see `unexpired`: of the time this knows nothing.
 */
export function switchedFlags(
  flags: CompiledFlags,
  before: SwitchesInForce,
  after: SwitchesInForce,
): readonly string[] {
  const switches = differing(before.switches, after.switches, (old, young, name) => {
    const declared = flags.switches.get(name);
    return !same(switched(old, declared), switched(young, declared));
  });
  const killed = differing(before.flags, after.flags, (old, young, key) => {
    const declared = { enabled: flags.killed?.has(key) !== true, retryAfterSeconds: 300 };
    return flags.flags.has(key) && !same(switched(old, declared), switched(young, declared));
  });
  const changed = new Set([...switches, ...killed]);
  for (const key of flags.flags.keys()) if (restsOn(flags, key, { switches, flags: killed })) changed.add(key);
  return [...changed].sort(compareUtf8);
}

/** What a switch answers with. */
interface Position {
  readonly enabled: boolean;
  readonly retryAfterSeconds: number;
}

function switched(state: SwitchState | undefined, declared: Position | undefined): Position | undefined {
  if (state === undefined) return declared;
  return { enabled: state.on, retryAfterSeconds: state.retryAfterSeconds ?? declared?.retryAfterSeconds ?? 300 };
}

function same(old: Position | undefined, young: Position | undefined): boolean {
  return old?.enabled === young?.enabled && old?.retryAfterSeconds === young?.retryAfterSeconds;
}

/** The names for which two maps hold something else. */
function differing<Each>(
  before: ReadonlyMap<string, Each>,
  after: ReadonlyMap<string, Each>,
  differ: (old: Each | undefined, young: Each | undefined, name: string) => boolean,
): ReadonlySet<string> {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return new Set(names.filter((name) => differ(before.get(name), after.get(name), name)));
}

interface Changed {
  readonly switches: ReadonlySet<string>;
  readonly flags: ReadonlySet<string>;
}

/** Whether a flag, or one that it asks for, is one of these or requires one of these switches. The parser refused circles. */
function restsOn({ flags }: Pick<CompiledFlags, 'flags'>, key: string, changed: Changed): boolean {
  if (changed.switches.size === 0 && changed.flags.size === 0) return false;
  if (changed.flags.has(key) || flags.requiresOf(key).some((name) => changed.switches.has(name))) return true;
  return flags.parentsOf(key).some((parent) => restsOn({ flags }, parent, changed));
}
