import type { JsonObject, JsonValue, Path } from '@sluice/core';
import type { Decision } from '../condition-algebra.ts';
import type { Code, GrowthbookNoting } from './growthbook-report.ts';

/** One walk through a condition. */
export interface Reading {
  readonly notes: GrowthbookNoting;
  readonly savedGroups: JsonObject;
  readonly segments: Segments;
  /** What an attribute is called in an OpenFeature context; `undefined`: it is never there. */
  nameOf(attribute: string): string | undefined;
  /** What becomes of what cannot be carried, for a person. */
  readonly consequence: string;
  /** Set once a part cannot be carried; then the whole condition is not. */
  lost: boolean;
}

/** A saved group that was read once, for all who name it. */
interface Segment {
  readonly decision: Decision;
  readonly lost: boolean;
}

export interface Segments {
  /** By what it was made of; `undefined` while it is being read, so that a group that holds itself is noticed. */
  readonly read: Map<string, { readonly name: string; readonly segment: Segment } | undefined>;
  readonly names: Set<string>;
}

/** GrowthbookNoting what cannot be carried. What it returns stands in for it, and is never used. */
export function lose(reading: Reading, code: Code, path: Path, message: string): false {
  reading.notes.note(code, path, `${message}; ${reading.consequence}`);
  reading.lost = true;
  return false;
}

/** Deeper conditions have no readable meaning, and may be a trap. */
export const MAX_DEPTH = 16;

/** How many operators a condition is within. */
export function depthOf(path: Path): number {
  return path.filter((step) => typeof step === 'string' && step.startsWith('$')).length;
}

/** An object of which every key is an operator. */
export function isOperatorObject(value: JsonValue | undefined): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key.startsWith('$'));
}
