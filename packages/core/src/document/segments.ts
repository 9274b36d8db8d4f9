import type { Condition } from './condition.ts';
import type { Path } from './problem.ts';

/** The segments that a condition names, each with the place where. */
export function* segmentsIn(condition: Condition, path: Path = []): Generator<readonly [name: string, path: Path]> {
  const { inSegment } = condition;
  if (typeof inSegment === 'string') yield [inSegment, [...path, 'inSegment']];
  else for (const [index, name] of (inSegment ?? []).entries()) yield [name, [...path, 'inSegment', index]];
  for (const word of ['all', 'any', 'none'] as const) {
    for (const [index, each] of (condition[word] ?? []).entries()) yield* segmentsIn(each, [...path, word, index]);
  }
}

/** Conditions of the segments that these conditions name, and of those that they name in turn. */
export function segmentsBehind(
  conditions: Iterable<Condition>,
  conditionOf: (segment: string) => Condition | undefined,
  found: Record<string, Condition> = {},
): Readonly<Record<string, Condition>> {
  for (const condition of conditions) {
    for (const [name] of segmentsIn(condition)) {
      const behind = conditionOf(name);
      if (behind === undefined || Object.hasOwn(found, name)) continue;
      found[name] = behind;
      segmentsBehind([behind], conditionOf, found);
    }
  }
  return found;
}
