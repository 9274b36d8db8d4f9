import type { Assignment } from '@sluice/core';
import { LRUCache } from 'lru-cache';
import { unitOf } from './unit.ts';

const MAX_SEEN = 100_000;
const MAX_SUBJECTS = 50_000;
const MAX_FLAGS_PER_SUBJECT = 100;
const MAX_ATTRIBUTES = 100;

/**
 * Which units met which variants in this process, within bounds: what is forgotten is recorded again and dropped by the
 * store, or not found by `track`.
 *
 * `note` runs inside every evaluation: a repeat costs two look-ups, and for a flag bucketed by `targetingKey` no new string.
 */
export class Exposures {
  readonly #seen = new LRUCache<string, true>({ max: MAX_SEEN });
  /** Subject to the latest assignment per flag. A subject is a unit, or the targeting key that came with it. */
  readonly #latest = new LRUCache<string, Map<string, Assignment>>({ max: MAX_SUBJECTS });
  /** Unit attributes other than `targetingKey`. */
  readonly #attributes = new Set<string>();

  /** True where the unit meets the flag for the first time in this stage. */
  note(assignment: Assignment, targetingKey: string | undefined): boolean {
    const attribute = attributeOf(assignment);
    const repeated = this.#remember(subjectOf(attribute, assignment.unit), assignment);
    if (attribute !== 'targetingKey') {
      if (this.#attributes.size < MAX_ATTRIBUTES) this.#attributes.add(attribute);
      if (targetingKey !== undefined) this.#remember(targetingKey, assignment);
    }
    if (repeated) return false;
    const key = exposureKey(assignment);
    if (this.#seen.get(key) === true) return false;
    this.#seen.set(key, true);
    return true;
  }

  /** An exposure that could not be kept is noted again at the unit's next evaluation. */
  forget(assignment: Assignment): void {
    this.#seen.delete(exposureKey(assignment));
    this.#latest.get(subjectOf(attributeOf(assignment), assignment.unit))?.delete(assignment.flag);
  }

  /**
   * The latest assignment per flag of the units that a context names. A targeting key also finds its latest conversation,
   * but never another conversation than the one that the context names.
   */
  latest(context: Readonly<Record<string, unknown>>): Iterable<Assignment> {
    const found = new Map<string, Assignment>();
    for (const attribute of ['targetingKey', ...this.#attributes]) {
      const subject = unitOf(context, attribute);
      if (subject === undefined) continue;
      for (const assignment of this.#latest.get(subjectOf(attribute, subject))?.values() ?? []) {
        const named = unitOf(context, attributeOf(assignment));
        if (named === undefined || named === assignment.unit) found.set(assignment.flag, assignment);
      }
    }
    return found.values();
  }

  /** Whether it was the latest already. */
  #remember(subject: string, assignment: Assignment): boolean {
    const { flag, variant, stage, unit } = assignment;
    let flags = this.#latest.get(subject);
    if (flags === undefined) {
      flags = new Map();
      this.#latest.set(subject, flags);
    }
    const last = flags.get(flag);
    if (last !== undefined && last.stage === stage && last.variant === variant && last.unit === unit) return true;
    flags.delete(flag);
    flags.set(flag, assignment);
    if (flags.size > MAX_FLAGS_PER_SUBJECT) flags.delete(flags.keys().next().value as string);
    return false;
  }
}

function attributeOf(assignment: Assignment): string {
  return assignment.unitAttribute ?? 'targetingKey';
}

/** User 42 and conversation 42 are two subjects; a targeting key is its own, so that the usual case joins no strings. */
function subjectOf(attribute: string, unit: string): string {
  return attribute === 'targetingKey' ? unit : `${attribute}\0${unit}`;
}

function exposureKey({ flag, stage, unit }: Assignment): string {
  return `${flag}\0${stage}\0${unit}`;
}
