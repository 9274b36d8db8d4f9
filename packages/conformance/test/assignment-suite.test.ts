import type { AssignmentStore, StickyAssignment } from '@sluice/core';
import { describe, expect, it } from 'vitest';
import { assignmentSuite } from '../src/assignment-suite.ts';

/** A store that keeps assignments under a key of its own making, in a record of its own making. */
function store(
  keyOf: (flag: string, unit: string) => string,
  keep = (each: StickyAssignment) => each,
): AssignmentStore {
  const kept = new Map<string, StickyAssignment>();
  return {
    name: 'map',
    get: async (flag, unit) => kept.get(keyOf(flag, unit)),
    set: async (flag, unit, assignment) => void kept.set(keyOf(flag, unit), keep(assignment)),
    delete: async (flag, unit) => void kept.delete(keyOf(flag, unit)),
    close: async () => {},
  };
}

/** Runs the suite and names the tests that fail. */
async function failures(create: () => AssignmentStore): Promise<string[]> {
  const failed: string[] = [];
  const bodies: [string, () => void | Promise<void>][] = [];
  assignmentSuite(
    { describe: (_, body) => body(), it: (name, body) => bodies.push([name, body]) },
    { name: 'map', create },
  );
  for (const [name, body] of bodies) {
    try {
      await body();
    } catch {
      failed.push(name);
    }
  }
  return failed;
}

describe('the suite of assignment stores', () => {
  it('passes a store that keeps what it is told', async () => {
    expect(await failures(() => store((flag, unit) => JSON.stringify([flag, unit])))).toEqual([]);
  });

  it('fails one that confuses flags and units, forgets which end there was, or never forgets', async () => {
    expect(await failures(() => store((flag, unit) => `${flag}:${unit}`))).toEqual([
      'tells flags and units apart, whatever they are called',
    ]);
    const printed = (each: StickyAssignment) => ({ ...each, variant: String(each.variant) });
    expect(await failures(() => store((flag, unit) => JSON.stringify([flag, unit]), printed))).toEqual([
      'keeps a variant that is null apart from one of that name, and an assignment without an end',
    ]);
    const keeping = () => ({ ...store((flag, unit) => JSON.stringify([flag, unit])), delete: () => {} });
    expect(await failures(keeping)).toEqual(['forgets what was deleted, and takes a deletion of what was never there']);
  });
});
