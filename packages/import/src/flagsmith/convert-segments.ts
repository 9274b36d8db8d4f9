import type { Condition, Segment as DocumentSegment } from '@sluice/core';
import { convertSegment } from './convert-segment.ts';
import type { Environment, Segment } from './environment.ts';
import type { FlagsmithNoting } from './flagsmith-report.ts';
import { Names } from './names.ts';
import type { Override } from './override.ts';

export interface ConvertedSegments {
  readonly segments: Readonly<Record<string, DocumentSegment>>;
  /** In the order in which the SDK goes through the segments. */
  readonly overrides: readonly Override[];
}

export function convertSegments(environment: Environment, noting: FlagsmithNoting): ConvertedSegments {
  const names = new Names();
  const segments = new Map<string, DocumentSegment>();
  const overrides: Override[] = [];
  for (const segment of inOrder(environment.segments)) {
    const decision = convertSegment(segment, { environment, segmentKey: segment.key, noting });
    if (decision === undefined) {
      noteLost(segment, noting);
    } else if (decision === false) {
      noting.carry('segment that matches nobody');
    } else {
      noting.carry('segment');
      const name = names.give(segment.name);
      segments.set(name, { when: identified(decision) });
      for (const state of segment.overrides) {
        overrides.push({ name, identifiers: undefined, when: { inSegment: name }, state });
      }
    }
  }
  return { segments: Object.fromEntries(segments), overrides };
}

/** An object of JavaScript, by id: ids that are whole numbers come first and ascend, and of two of one id the last stays. */
function inOrder(segments: readonly Segment[]): readonly Segment[] {
  return Object.values(Object.fromEntries(segments.map((segment) => [segment.key, segment])));
}

/** The SDK asks for segments only where there is an identity. */
function identified(decision: Condition | true): Condition {
  const identifier: Condition = { targetingKey: { not: '' } };
  if (decision === true) return identifier;
  return Object.hasOwn(decision, 'targetingKey') ? { all: [identifier, decision] } : { ...identifier, ...decision };
}

function noteLost({ name, path, overrides }: Segment, noting: FlagsmithNoting): void {
  const features = [...new Set(overrides.map(({ feature }) => feature))].join(', ');
  noting.note(
    'segment',
    path,
    `the segment ${name} is not carried${features === '' ? '' : `, so who is in it gets of ${features} what everybody else gets`}`,
  );
}
