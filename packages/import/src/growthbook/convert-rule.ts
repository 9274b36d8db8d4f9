import type { JsonObject, Path } from '@sluice/core';
import { allOf } from '../condition-algebra.ts';
import { isList } from '../plain-json.ts';
import { convertCondition } from './convert-condition.ts';
import { convertExperiment } from './convert-experiment.ts';
import { convertForce } from './convert-force.ts';
import { member } from './json-shapes.ts';
import { lose, type Reading } from './reading.ts';
import { filterConditions } from './spread.ts';
import { type FeatureReading, readingOf, type Step } from './step.ts';

/** One rule, but for its prerequisites; `undefined` where it is lost, which has been noted. */
export function convertRule(rule: JsonObject, feature: FeatureReading, path: Path): readonly Step[] | undefined {
  const reading = readingOf(feature);
  const steps = stepsOf(rule, feature, reading, path);
  return reading.lost ? undefined : steps.filter(({ when }) => when !== false);
}

function stepsOf(rule: JsonObject, feature: FeatureReading, reading: Reading, path: Path): readonly Step[] {
  const filters = member(rule, 'filters');
  const inside = filters ? (filterConditions(filters, reading, [...path, 'filters']) ?? [false]) : [];
  const forced = member(rule, 'force');
  const variations = member(rule, 'contextualVariations') ?? member(rule, 'variations');
  if (forced === undefined && !variations) {
    reading.notes.carry('rule without a value');
    return [];
  }
  noteSticky(rule, reading, path);
  const condition = member(rule, 'condition');
  const about = allOf([...inside, !condition || convertCondition(condition, reading, [...path, 'condition'])]);
  if (forced !== undefined) return convertForce(rule, forced, about, feature, reading, path);
  if (!variations || !isList(variations)) {
    lose(reading, 'malformed', [...path, 'variations'], 'variations are a list of values');
    return [];
  }
  return convertExperiment(rule, variations, about, feature, reading, path);
}

const STICKY = ['fallbackAttribute', 'bucketVersion', 'minBucketVersion'];

function noteSticky(rule: JsonObject, reading: Reading, path: Path): void {
  const named = STICKY.filter((name) => member(rule, name));
  if (named.length === 0 || member(rule, 'disableStickyBucketing')) return;
  reading.notes.note(
    'sticky-bucket',
    path,
    `has ${named.join(', ')}, which count only for applications with a sticky bucket service; there, units that were bucketed before keep what they have, and here they get what they hash to`,
  );
}
