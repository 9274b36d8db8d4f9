import type { CompiledFlags, SwitchStates } from '@sluice/core';
import type { Role } from '../auth/token.ts';

/** Whom a flag may be shown to. Programs see everything; browsers, whose tokens anybody can read, what is marked for them. */
export type Audience = 'server' | 'client';

export function audienceOf(role: Role): Audience {
  return role === 'evaluate:client' ? 'client' : 'server';
}

/** Whether a key may be asked for. Of a key that is not visible nothing is looked up, so it answers as one that is missing. */
export function isVisible(flags: CompiledFlags, audience: Audience, key: string): boolean {
  return audience === 'server' || flags.clientKeys.has(key);
}

/** Every flag and switch that an audience sees: the document's in its order, then the switches that only have a state. */
export function visibleKeys(flags: CompiledFlags, states: SwitchStates, audience: Audience): readonly string[] {
  const keys = new Set([...flags.flags.keys(), ...flags.switches.keys(), ...states.switches.keys()]);
  return [...keys].filter((key) => isVisible(flags, audience, key));
}

/** The flags and switches that can change the answers of those that are visible, themselves included. */
export function behind(
  flags: CompiledFlags,
  visible: readonly string[],
): { readonly flags: ReadonlySet<string>; readonly switches: ReadonlySet<string> } {
  const reached = new Set<string>();
  const switches = new Set<string>();
  const reach = (key: string): void => {
    if (reached.has(key)) return;
    if (!flags.flags.has(key)) {
      switches.add(key);
      return;
    }
    reached.add(key);
    for (const name of flags.flags.requiresOf(key)) switches.add(name);
    for (const parent of flags.flags.parentsOf(key)) reach(parent);
  };
  for (const key of visible) reach(key);
  return { flags: reached, switches };
}
