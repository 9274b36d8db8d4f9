import { type Context, compileDocument, type Document } from '@sluice/core';
import { boundaryUnits } from './boundaries.ts';
import { type Literals, literalsOf } from './literals.ts';
import { unitAttributes } from './made-up-unit.ts';
import { pick, randomFrom } from './random.ts';

export interface ProbeOptions {
  /** The same seed, the same contexts. */
  readonly seed: number;
  readonly count: number;
}

/**
 * Contexts to compare two evaluations of a document with: units of many kinds, also those that stand next to a boundary
 * or are targets, and attributes at, beside and away from what the rules compare them with, or missing.
 *
 * Attributes have the types that the rules ask for: what a vendor does with any other is the business of an importer's caveats.
 */
export function* probes(document: Document, { seed, count }: ProbeOptions): Generator<Context> {
  const random = randomFrom(seed);
  const literals = new Map(literalsOf(document));
  const units = unitsOf(document);
  const near = [...boundaryUnits(compileDocument(document)), ...targetsOf(document)];
  for (const attribute of units) literals.delete(attribute);
  const said = wordsFor(units, literalsOf(document));
  for (let index = 0; index < count; index++) {
    const context: Record<string, unknown> = {};
    for (const attribute of units)
      place(context, attribute, unitFor(index, [...near, ...(said.get(attribute) ?? [])], random));
    for (const [attribute, values] of literals) {
      const value = pick([...values, undefined], random);
      if (value !== undefined) place(context, attribute, besides(value, random));
    }
    yield context;
  }
}

/** The attributes that any flag goes by. */
function unitsOf(document: Document): ReadonlySet<string> {
  const keys = Object.keys(document.flags ?? {});
  return new Set(['targetingKey', ...keys.flatMap((key) => unitAttributes(document, key))]);
}

function targetsOf({ flags = {} }: Document): readonly string[] {
  return Object.values(flags).flatMap(({ targets = {} }) =>
    Object.values(targets).flatMap((units) => units.map(String)),
  );
}

/** Texts that rules compare a unit with. */
function wordsFor(units: ReadonlySet<string>, literals: Literals): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...units].map((unit) => [
      unit,
      (literals.get(unit) ?? []).filter((value) => typeof value === 'string' && value !== ''),
    ]),
  ) as ReadonlyMap<string, readonly string[]>;
}

function unitFor(index: number, near: readonly string[], random: () => number): string {
  const kind = random();
  if (near.length > 0 && kind < 0.2) return pick(near, random);
  if (kind < 0.6) return `user-${index}`;
  if (kind < 0.75)
    return `${Math.floor(random() * 2 ** 40).toString(16)}-${Math.floor(random() * 2 ** 40).toString(16)}`;
  if (kind < 0.9) return `${Math.floor(random() * 1e9)}`;
  return `Zoë.${index}@例え.テスト`;
}

/** The value itself, or one that stands next to it. */
function besides(value: unknown, random: () => number): unknown {
  const kind = random();
  if (kind < 0.5) return value;
  if (typeof value === 'number') return value + pick([-1, 1, -0.5, 0.5], random);
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return value;
  const version = /^\d+\.\d+\.\d+/.test(value);
  if (version && kind < 0.9) return value.replace(/\d+/, (major) => String(Number(major) + pick([-1, 1], random)));
  const moment = Date.parse(value);
  if (/^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(moment)) {
    return new Date(moment + pick([-1, 1], random)).toISOString();
  }
  return pick([`${value}x`, `x${value}`, value.slice(0, -1), value.toUpperCase(), 'other'], random);
}

/** Writes an attribute where a dotted path reads it. */
function place(context: Record<string, unknown>, attribute: string, value: unknown): void {
  const steps = attribute.split('.');
  const last = steps.pop() as string;
  let at = context;
  for (const step of steps) {
    const inner = at[step];
    at[step] = typeof inner === 'object' && inner !== null ? inner : {};
    at = at[step] as Record<string, unknown>;
  }
  at[last] = value;
}
