import type { JsonObject, JsonValue, Path } from '@sluice/core';
import { allOf, type Decision } from '../condition-algebra.ts';
import { isRange, member } from './json-shapes.ts';
import { lose, type Reading } from './reading.ts';
import { bucketCondition, firstBeyond, percentageOf, rolloutOf, spreadOf, within } from './spread.ts';
import type { FeatureReading, Step } from './step.ts';
import { nameValue } from './variants.ts';

/** A rule that serves one value, to everybody whom it is about or to a share of them. */
export function convertForce(
  rule: JsonObject,
  value: JsonValue,
  when: Decision,
  feature: FeatureReading,
  reading: Reading,
  path: Path,
): readonly Step[] {
  const range = member(rule, 'range') || undefined;
  const coverage = member(rule, 'coverage');
  if (range !== undefined && !isRange(range)) {
    lose(reading, 'malformed', [...path, 'range'], 'a range is a list of two numbers');
  } else if (coverage !== undefined && typeof coverage !== 'number') {
    lose(reading, 'malformed', [...path, 'coverage'], 'coverage is a number from 0 to 1');
  }
  if (reading.lost) return [];
  reading.notes.carry(value === null ? 'force null' : 'force');
  const serve = value === null ? null : nameValue(feature.variants, value, 'forced');
  if (range === undefined && coverage === undefined) return [{ when, serve }];
  reading.notes.carry(range === undefined ? 'force coverage' : 'force range');
  // Nobody, even before the hash is asked for.
  if (range === undefined && coverage === 0) return [];
  const spread = spreadOf(rule, feature.key, { attribute: 'hashAttribute', version: 1 }, reading, path);
  if (spread === undefined) return [];
  const held = isRange(range) ? within(range) : within([0, firstBeyond(coverage as number, spread.bucketing)]);
  const [first] = held;
  if (first === undefined) return [];
  if (serve === null) return [{ when: allOf([when, bucketCondition(spread, held)]), serve }];
  const [from, below] = first;
  const what = isRange(range)
    ? { percentage: 100, split: [{ variant: serve, from, below }] }
    : { percentage: percentageOf(coverage as number, spread.bucketing), serve };
  return [{ when, rollout: rolloutOf(spread, feature.key, what) }];
}
