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
    if (differs || restsOn(after, key, switched)) changed.add(key);
  }
  return [...changed].sort(compareUtf8);
}

/** Whether a flag, or one that it asks for, requires one of these switches. The parser refused circles. */
function restsOn({ flags }: Pick<CompiledFlags, 'flags'>, key: string, switches: ReadonlySet<string>): boolean {
  if (switches.size === 0) return false;
  if (flags.requiresOf(key).some((name) => switches.has(name))) return true;
  return flags.parentsOf(key).some((parent) => restsOn({ flags }, parent, switches));
}
