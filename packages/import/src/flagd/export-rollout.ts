import type { Flag, JsonValue, Path, Rollout, SplitPart } from '@sluice/core';
import { variable } from './export-condition.ts';
import type { ExportNoting } from './export-report.ts';

/** What a rollout is read with. */
export interface RolloutSurroundings {
  readonly flagKey: string;
  readonly flag: Flag;
  /** What becomes of units that do not enter. */
  readonly outside: JsonValue;
  readonly path: Path;
  readonly noting: ExportNoting;
}

/** A rollout as an expression that gives a variant's name, or null for control; `undefined` where flagd knows no such buckets. */
export function exportRollout(rollout: Rollout, surroundings: RolloutSurroundings): JsonValue | undefined {
  const { flag, outside, noting } = surroundings;
  const bucketing = rollout.bucketing ?? flag.bucketing ?? 'sluice-1';
  if (bucketing === 'flagd-2') return exportOwn(rollout, surroundings);
  if (bucketing !== 'sluice-1') return undefined;
  if (rollout.percentage === 0) return outside;
  if (rollout.percentage === 100 && rollout.serve !== undefined) {
    noting.carry('rollout to everybody');
    return rollout.serve;
  }
  return exportRebucketed(rollout, surroundings);
}

/** flagd's own buckets. */
function exportOwn(rollout: Rollout, surroundings: RolloutSurroundings): JsonValue | undefined {
  const { outside, noting, flagKey } = surroundings;
  const place = placeOf(rollout, surroundings);
  if (place === undefined) return undefined;
  noting.carry('rollout with its buckets');
  if (rollout.serve !== undefined) return withUnit(place.unit, rollout.serve, outside);
  const parts = rollout.split as readonly SplitPart[];
  const weights = parts.map(({ weight = 1 }) => weight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // flagd gives nobody anything then.
  if (!weights.every(Number.isInteger) || total === 0 || total > 2 ** 31 - 1) return outside;
  const entries = parts.map(({ variant }, index) => [variant, weights[index] ?? 1]);
  if (place.salt === flagKey && place.attribute === 'targetingKey' && outside === null) return { fractional: entries };
  return withUnit(place.unit, { fractional: [{ cat: [place.salt, place.unit] }, ...entries] }, outside);
}

/** The same shares of units, and not the same units. */
function exportRebucketed(rollout: Rollout, surroundings: RolloutSurroundings): JsonValue | undefined {
  const { flag, outside, noting, path, flagKey } = surroundings;
  const place = placeOf(rollout, surroundings);
  if (place === undefined) return undefined;
  const parts = rollout.serve === undefined ? Object.entries(rollout.split ?? {}) : [[rollout.serve, 1] as const];
  const sum = parts.reduce((total, [, weight]) => total + weight, 0);
  const shares = parts.map(([variant, weight]): [JsonValue, number] => [variant, (rollout.percentage * weight) / sum]);
  if (rollout.percentage < 100)
    shares.push([outside === null ? (flag.control ?? null) : outside, 100 - rollout.percentage]);
  noting.carry('rollout with new buckets');
  noting.note(
    'new-buckets',
    path,
    `${flagKey} is spread by flagd in its own way: the shares stay, but of the units that get here ${movedOf(shares)} % are ` +
      `expected to get another answer than now, so move while nothing is measured; and who has no text and no whole number as ` +
      `${place.attribute} gets an error here, and there what those outside the rollout get`,
  );
  const scale = scaleOf(shares.map(([, percent]) => percent));
  const entries = shares.map(([variant, percent]): JsonValue => [variant, Math.round(percent * scale)]);
  const isOwn = place.salt === flagKey && place.attribute === 'targetingKey' && outside === null;
  if (isOwn) return { fractional: entries };
  return withUnit(place.unit, { fractional: [{ cat: [place.salt, place.unit] }, ...entries] }, outside);
}

interface Place {
  readonly salt: string;
  readonly attribute: string;
  readonly unit: JsonValue;
}

function placeOf(rollout: Rollout, { flag, flagKey }: RolloutSurroundings): Place | undefined {
  const attribute = rollout.unit ?? flag.unit ?? 'targetingKey';
  if (typeof attribute !== 'string') return undefined;
  const unit = variable(attribute);
  return unit === undefined ? undefined : { salt: rollout.salt ?? flag.salt ?? flagKey, attribute, unit };
}

/** By itself flagd would hash a text that ends in "null". */
function withUnit(unit: JsonValue, inside: JsonValue, outside: JsonValue): JsonValue {
  return { if: [{ in: [unit, [null, false, 0, '']] }, outside, inside] };
}

/** Two answers that know nothing of one another are the same as often as each is given. */
function movedOf(shares: readonly (readonly [JsonValue, number])[]): number {
  const byVariant = new Map<string, number>();
  for (const [variant, percent] of shares) {
    const key = JSON.stringify(variant);
    byVariant.set(key, (byVariant.get(key) ?? 0) + percent / 100);
  }
  const same = [...byVariant.values()].reduce((sum, share) => sum + share ** 2, 0);
  return Math.round((1 - same) * 1000) / 10;
}

/** The fewest decimals that keep every share; at most as many as flagd's weights have room for. */
function scaleOf(percents: readonly number[]): number {
  for (let scale = 1; scale < 1e7; scale *= 10) {
    if (percents.every((percent) => Math.abs(percent * scale - Math.round(percent * scale)) < 1e-6)) return scale;
  }
  return 1e7;
}
