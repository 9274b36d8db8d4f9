import { compareUtf8 } from '../bucketing/utf8.ts';
import type { CompiledFlags } from './compile.ts';

/**
 * The flags, and switches, whose answers may differ between two documents: changed, added or removed ones, and flags
 * that require a switch which changed. In order of name. A new document version alone changes no flag.
 */
export function changedFlags(before: CompiledFlags, after: CompiledFlags): readonly string[] {
  const changed = new Set<string>();
  for (const name of new Set([...before.switches.keys(), ...after.switches.keys()])) {
    const [old, young] = [before.switches.get(name), after.switches.get(name)];
    if (old?.enabled !== young?.enabled || old?.retryAfterSeconds !== young?.retryAfterSeconds) changed.add(name);
  }
  const switched = new Set(changed);
  for (const key of new Set([...before.flags.keys(), ...after.flags.keys()])) {
    const differs = before.flags.versionOf(key) !== after.flags.versionOf(key);
    if (differs || after.flags.requiresOf(key).some((name) => switched.has(name))) changed.add(key);
  }
  return [...changed].sort(compareUtf8);
}
