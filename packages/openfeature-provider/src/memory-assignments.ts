import type { AssignmentStore, StickyAssignment } from '@sluice/core';
import { LRUCache } from 'lru-cache';

export interface MemoryAssignmentsOptions {
  /** Past this many, the assignment that was used longest ago goes; its unit is then bucketed anew. @default 100_000 */
  readonly maxEntries?: number;
}

/**
 * Keeps the assignments of sticky flags in this process, for as long as it lives. Enough where one process serves a unit from
 * its first evaluation to its last, as a process does that holds a conversation's socket; else use a store that is shared.
 */
export function memoryAssignments(options: MemoryAssignmentsOptions = {}): AssignmentStore {
  const kept = new LRUCache<string, StickyAssignment>({ max: options.maxEntries ?? 100_000 });
  return {
    name: 'memory',
    get: (flag, unit) => kept.get(keyOf(flag, unit)),
    set: (flag, unit, assignment) => void kept.set(keyOf(flag, unit), assignment),
    delete: (flag, unit) => void kept.delete(keyOf(flag, unit)),
    close: () => Promise.resolve(),
  };
}

/** No flag's key holds a control character, so two flags never share a key. */
function keyOf(flag: string, unit: string): string {
  return `${flag}\u0000${unit}`;
}
