import { assignmentSuite } from '@sluice/conformance';
import { describe, expect, it } from 'vitest';
import { memoryAssignments } from '../src/memory-assignments.ts';

assignmentSuite({ describe, it }, { name: 'memoryAssignments', create: () => memoryAssignments() });

describe('memoryAssignments', () => {
  it('lets go of the assignment that was used longest ago once it is full', () => {
    const store = memoryAssignments({ maxEntries: 2 });
    for (const unit of ['ada', 'bob']) store.set('model', unit, { variant: unit, at: 1 });
    store.get('model', 'ada');
    store.set('model', 'cyd', { variant: 'cyd', at: 1 });
    expect(['ada', 'bob', 'cyd'].map((unit) => store.get('model', unit) !== undefined)).toEqual([true, false, true]);
  });
});
