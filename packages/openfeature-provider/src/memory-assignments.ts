import type { AssignmentStore, StickyAssignment } from '@sluice/core';
import { LRUCache } from 'lru-cache';
import { assignmentKey } from './assignment-key.ts';

export interface MemoryAssignmentsOptions {
  /** Past this many, the assignment that was used longest ago goes; its unit is then bucketed anew. @default 100_000 */
  readonly maxEntries?: number;
}

/**
 * Keeps the assignments of sticky flags in this process, for as long as it lives. Enough where one process serves a unit from
 * its first evaluation to its last, as a process does that holds a conversation's socket; else use a store that is shared.
 */
export function memoryAssignments(options: MemoryAssignmentsOptions = {}): AssignmentStore {
  // Made for the first that is kept: most providers have no sticky flag, and a cache of this size takes megabytes.
  let kept: LRUCache<string, StickyAssignment> | undefined;
  return {
    name: 'memory',
    get: (flag, unit) => kept?.get(assignmentKey(flag, unit)),
    set: (flag, unit, assignment) => {
      kept ??= new LRUCache({ max: options.maxEntries ?? 100_000 });
      kept.set(assignmentKey(flag, unit), assignment);
    },
    delete: (flag, unit) => void kept?.delete(assignmentKey(flag, unit)),
    close: () => Promise.resolve(),
  };
}
