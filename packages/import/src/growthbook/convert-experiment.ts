import type { JsonObject, JsonValue, Path, SplitPart } from '@sluice/core';
import { allOf, anyOf, type Decision, noneOf } from '../condition-algebra.ts';
import { isList, isRecord } from '../plain-json.ts';
import { bucketRanges, type Piece, pieces, usedWeights } from './bucket-ranges.ts';
import { convertCondition } from './convert-condition.ts';
import { isNumbers, isRange, member, type Range } from './json-shapes.ts';
import { lose, type Reading } from './reading.ts';
import { bucketCondition, namespaceCondition, rolloutOf, type Spread, spreadOf } from './spread.ts';
import type { FeatureReading, Step } from './step.ts';
import { nameVariation } from './variants.ts';

/** A rule that splits units over variations. Those in none of them, and in one that passes through, go on. */
export function convertExperiment(
  rule: JsonObject,
  variations: readonly JsonValue[],
  about: Decision,
  feature: FeatureReading,
  reading: Reading,
  path: Path,
): readonly Step[] {
  const plan = readPlan(rule, reading, path);
  const passing = readMeta(rule, variations.length, reading, path);
  if (plan === undefined || passing === undefined) return [];
  if (variations.length < 2) {
    reading.notes.carry('fewer than 2 variations');
    return [];
  }
  const key = experimentKey(rule, feature.key);
  const spread = spreadOf(rule, key, { attribute: 'hashAttribute', version: 1 }, reading, path);
  if (spread === undefined) return [];
  const namespace = member(rule, 'namespace');
  const filtered = Boolean(member(rule, 'filters'));
  const inside = !namespace || filtered || namespaceCondition(namespace, spread, reading, [...path, 'namespace']);
  const weightings = readWeightings(rule, plan, feature, reading, path);
  if (reading.lost) return [];
  reading.notes.carry('experiment');
  const names = variations.map((value, index) =>
    value === null || passing[index]
      ? undefined
      : nameVariation(feature.variants, variationKey(rule, index), key, value),
  );
  if (variations.some((value, index) => value === null && !passing[index])) reading.notes.carry('variation null');
  return weightings.flatMap(({ when, weights }) => {
    const base = allOf([about, inside, when]);
    const whole = plan.ranges === undefined && plan.coverage >= 1 && names.every((name) => name !== undefined);
    const used = usedWeights(variations.length, weights);
    if (whole && used.every((weight) => weight >= 0)) {
      const split = used.map((weight, index): SplitPart => ({ variant: names[index] as string, weight }));
      return [{ when: base, rollout: rolloutOf(spread, feature.key, { percentage: 100, split }) }];
    }
    const all = pieces(plan.ranges ?? bucketRanges(variations.length, plan.coverage, weights));
    return stepsOf(all, variations, names, passing, base, spread, feature.key);
  });
}

function stepsOf(
  all: readonly Piece[],
  variations: readonly JsonValue[],
  names: readonly (string | undefined)[],
  passing: readonly boolean[],
  when: Decision,
  spread: Spread,
  key: string,
): readonly Step[] {
  const empty = all.filter(({ index }) => variations[index] === null && !passing[index]);
  const split = all.flatMap(({ index, range: [from, below] }): SplitPart[] => {
    const variant = names[index];
    return variant === undefined ? [] : [{ variant, from, below }];
  });
  const steps: Step[] = [];
  const toDefault = bucketCondition(
    spread,
    empty.map(({ range }) => range),
  );
  if (toDefault !== false) steps.push({ when: allOf([when, toDefault]), serve: null });
  if (split.length > 0) steps.push({ when, rollout: rolloutOf(spread, key, { percentage: 100, split }) });
  return steps;
}

/** Names the variations of a rule before any other value, so that they keep the keys under which they were measured. */
export function nameVariations(rule: JsonObject, feature: FeatureReading): void {
  const variations = member(rule, 'contextualVariations') ?? member(rule, 'variations');
  if (member(rule, 'force') !== undefined || !isList(variations) || variations.length < 2) return;
  for (const [index, value] of variations.entries()) {
    if (value !== null)
      nameVariation(feature.variants, variationKey(rule, index), experimentKey(rule, feature.key), value);
  }
}

/** Under which its results are kept. */
export function experimentKey(rule: JsonObject, feature: string): string {
  const key = member(rule, 'key');
  return typeof key === 'string' && key !== '' ? key : feature;
}

function variationKey(rule: JsonObject, index: number): string {
  const meta = member(rule, 'meta');
  const entry = isList(meta) ? meta[index] : undefined;
  const key = isRecord(entry) ? member(entry, 'key') : undefined;
  return typeof key === 'string' && key !== '' ? key : String(index);
}

interface Plan {
  readonly coverage: number;
  readonly weights: readonly number[] | undefined;
  readonly ranges: readonly Range[] | undefined;
}

function readPlan(rule: JsonObject, reading: Reading, path: Path): Plan | undefined {
  const coverage = member(rule, 'coverage');
  const weights = member(rule, 'weights') || undefined;
  const ranges = member(rule, 'ranges') || undefined;
  const key = member(rule, 'key') || '';
  if (
    typeof key !== 'string' ||
    (coverage !== undefined && typeof coverage !== 'number') ||
    (weights !== undefined && !isNumbers(weights)) ||
    (ranges !== undefined && !(isList(ranges) && ranges.every(isRange)))
  ) {
    lose(
      reading,
      'malformed',
      path,
      'key is a string, coverage a number, weights are numbers and ranges pairs of them',
    );
    return undefined;
  }
  if (coverage !== undefined) reading.notes.carry('experiment coverage');
  if (weights !== undefined) reading.notes.carry('experiment weights');
  if (ranges !== undefined) reading.notes.carry('experiment ranges');
  return { coverage: coverage ?? 1, weights, ranges };
}

/** By variation whether its units go on to the next rule; the SDK throws where one of them has no entry. */
function readMeta(rule: JsonObject, count: number, reading: Reading, path: Path): readonly boolean[] | undefined {
  const meta = member(rule, 'meta') || undefined;
  if (meta === undefined) return Array.from({ length: count }, () => false);
  // It looks at the first even where there is no variation.
  const least = Math.max(count, 1);
  const entries = isList(meta) ? meta.slice(0, least) : [];
  const keys = entries.map((entry) => (isRecord(entry) ? (member(entry, 'key') ?? '') : null));
  if (keys.length < least || keys.some((key) => typeof key !== 'string')) {
    lose(
      reading,
      'malformed',
      [...path, 'meta'],
      'meta has an object for every variation, with a key that is a string',
    );
    return undefined;
  }
  if (keys.some((key) => key !== '')) reading.notes.carry('meta key');
  const passing = entries.map((entry) => isRecord(entry) && Boolean(member(entry, 'passthrough')));
  if (passing.includes(true)) reading.notes.carry('meta passthrough');
  return passing;
}

interface Weighting {
  readonly when: Decision;
  readonly weights: readonly number[] | undefined;
}

/** A contextual bandit has weights by condition, of which the first that holds counts, and else the rule's own. */
function readWeightings(
  rule: JsonObject,
  plan: Plan,
  feature: FeatureReading,
  reading: Reading,
  path: Path,
): readonly Weighting[] {
  const own: Weighting = { when: true, weights: plan.weights };
  const reference = member(rule, 'contextualBanditRef');
  const bandit = typeof reference === 'string' ? member(feature.contextualBandits, reference) : undefined;
  if (!reference || !bandit) return [own];
  const contexts = isRecord(bandit) ? (member(bandit, 'contexts') ?? []) : null;
  if (!isList(contexts)) {
    lose(
      reading,
      'malformed',
      [...path, 'contextualBanditRef'],
      'names a contextual bandit without a list of contexts',
    );
    return [];
  }
  reading.notes.carry('contextual bandit');
  const earlier: Decision[] = [];
  const weightings: Weighting[] = [];
  for (const [index, context] of contexts.entries()) {
    const at = ['contextualBandits', String(reference), 'contexts', index];
    const weights = isRecord(context) ? member(context, 'weights') || undefined : null;
    if (!isRecord(context) || (weights !== undefined && !isNumbers(weights))) {
      lose(reading, 'malformed', at, 'a context of a bandit has a condition and weights');
      return [];
    }
    const holds = convertCondition(member(context, 'condition') || {}, reading, [...at, 'condition']);
    weightings.push({ when: allOf([holds, noneOf(anyOf(earlier))]), weights });
    earlier.push(holds);
  }
  if (reading.lost) {
    lose(reading, 'reference-lost', [...path, 'contextualBanditRef'], `names ${reference}, which could not be carried`);
  }
  return [...weightings, { ...own, when: noneOf(anyOf(earlier)) }].filter(({ when }) => when !== false);
}
