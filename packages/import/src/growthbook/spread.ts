import type { BucketingName, Condition, JsonObject, JsonValue, Path, Rollout, SplitPart } from '@sluice/core';
import { isList, isRecord } from '../plain-json.ts';
import { unitName } from './attribute-name.ts';
import { isRange, member, type Range } from './json-shapes.ts';
import { lose, type Reading } from './reading.ts';

type Hashing = Extract<BucketingName, 'growthbook-1' | 'growthbook-2'>;

/** How a rule or a filter hashes: all but what it makes of the places. */
export interface Spread {
  readonly bucketing: Hashing;
  readonly salt: string;
  /** `undefined`: `targetingKey`. */
  readonly unit: string | undefined;
}

/** What a rule or filter says of its hash; `undefined` where nobody is in it, or where it is lost. */
export function spreadOf(
  rule: JsonObject,
  salt: string,
  names: { readonly attribute: string; readonly version: 1 | 2 },
  reading: Reading,
  path: Path,
): Spread | undefined {
  const attribute = member(rule, names.attribute) || 'id';
  const seed = member(rule, 'seed') || salt;
  const version = member(rule, 'hashVersion') || names.version;
  if (typeof attribute !== 'string' || typeof seed !== 'string') {
    lose(reading, 'malformed', path, `${names.attribute} and seed have to be strings`);
    return undefined;
  }
  if (attribute !== 'id') reading.notes.carry('hashAttribute');
  if (seed !== salt) reading.notes.carry('seed');
  if (version !== 1 && version !== 2) {
    reading.notes.carry('hashVersion unknown');
    return undefined;
  }
  reading.notes.carry(version === 1 ? 'hashVersion 1' : 'hashVersion 2');
  const unit = unitName(attribute, reading, [...path, names.attribute]);
  return reading.lost ? undefined : { bucketing: version === 1 ? 'growthbook-1' : 'growthbook-2', salt: seed, unit };
}

/** Units in these ranges. */
export function bucketCondition(spread: Spread, ranges: readonly Range[]): Condition | false {
  const { bucketing, salt, unit } = spread;
  const filled = ranges.flatMap(within);
  if (filled.length === 0) return false;
  return { bucket: { bucketing, ...(unit === undefined ? {} : { unit }), salt, ranges: filled } };
}

/** The part of a range in which units can be; none where it is empty. */
export function within([from, below]: Range): readonly Range[] {
  const range: Range = [Math.max(from, 0), Math.min(below, 1)];
  return range[0] < range[1] ? [range] : [];
}

/** A rollout of a flag that has this key. */
export function rolloutOf(
  { bucketing, salt, unit }: Spread,
  key: string,
  what: { readonly percentage: number; readonly serve?: string; readonly split?: readonly SplitPart[] },
): Rollout {
  return {
    bucketing,
    ...what,
    ...(salt === key ? {} : { salt }),
    ...(unit === undefined ? {} : { unit }),
  };
}

/** The first place that an inclusive coverage does not hold. */
export function firstBeyond(coverage: number, bucketing: Hashing): number {
  const places = bucketing === 'growthbook-1' ? 1000 : 10_000;
  let place = Math.max(Math.floor(Math.min(coverage, 1) * places) - 1, 0);
  while (place < places && place / places <= coverage) place++;
  return place / places;
}

/**
 * The percentage that lets the same units in as a coverage. Times a hundred and divided by it again a number may be
 * another one, and miss a place that lies exactly on it; one between two places misses none.
 */
export function percentageOf(coverage: number, bucketing: Hashing): number {
  const beyond = firstBeyond(coverage, bucketing);
  const percentage = Math.min(coverage, 1) * 100;
  const candidates = [Number(percentage.toPrecision(15)), percentage];
  const between = 100 * (beyond - (bucketing === 'growthbook-1' ? 0.0005 : 0.000_05));
  return candidates.find((each) => firstBeyond(each / 100, bucketing) === beyond) ?? between;
}

/** Namespaces are hashed by version 1 and the attribute of their experiment; `false`: nobody, or lost. */
export function namespaceCondition(
  namespace: JsonValue,
  { unit }: Pick<Spread, 'unit'>,
  reading: Reading,
  path: Path,
): Condition | false {
  const [id, from, below] = isList(namespace) ? namespace : [];
  if (typeof id !== 'string' || !isRange([from ?? null, below ?? null])) {
    return lose(reading, 'malformed', path, 'a namespace is a list of its id and two numbers');
  }
  reading.notes.carry('namespace');
  return bucketCondition({ bucketing: 'growthbook-1', salt: `__${id}`, unit }, [[from as number, below as number]]);
}

/** Filters of a rule: a unit has to be in all of them. `undefined`: nobody is, or they are lost. */
export function filterConditions(filters: JsonValue, reading: Reading, path: Path): readonly Condition[] | undefined {
  if (!isList(filters)) {
    lose(reading, 'malformed', path, 'filters have to be a list');
    return undefined;
  }
  reading.notes.carry('filters');
  const conditions: Condition[] = [];
  for (const [index, filter] of filters.entries()) {
    const at = [...path, index];
    const ranges = isRecord(filter) ? member(filter, 'ranges') : undefined;
    const seed = isRecord(filter) ? member(filter, 'seed') : undefined;
    if (!isRecord(filter) || !isList(ranges) || !ranges.every(isRange) || typeof seed !== 'string') {
      lose(reading, 'malformed', at, 'a filter has a seed and a list of ranges, each of two numbers');
      return undefined;
    }
    const spread = spreadOf(filter, seed, { attribute: 'attribute', version: 2 }, reading, at);
    const condition = spread !== undefined && bucketCondition(spread, ranges);
    if (condition === false) return undefined;
    conditions.push(condition);
  }
  return conditions;
}
