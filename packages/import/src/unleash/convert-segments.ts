import type { Segment as DocumentSegment } from '@sluice/core';
import { isName } from '../accepted.ts';
import type { Decision } from '../condition-algebra.ts';
import { freeName } from '../free-name.ts';
import type { Placed } from '../placed.ts';
import { isRecord } from '../plain-json.ts';
import { allConditions } from './all-conditions.ts';
import { carryConstraint, convertConstraint } from './convert-constraint.ts';
import { quote, type Segment } from './unleash-definitions.ts';
import type { UnleashNoting } from './unleash-report.ts';

/** Unleash's segments as the document's. */
export interface Segments {
  readonly declared: Readonly<Record<string, DocumentSegment>>;
  /** When a segment holds, by id; no entry where it could not be carried. */
  readonly decisions: ReadonlyMap<unknown, Decision>;
  readonly known: ReadonlyMap<unknown, Segment>;
}

export function convertSegments(known: ReadonlyMap<unknown, Segment>, noting: UnleashNoting): Segments {
  const declared: [string, DocumentSegment][] = [];
  const decisions = new Map<unknown, Decision>();
  const names = new Set<string>();
  for (const [id, segment] of known) {
    const when = segment.constraints && convertConstraints(segment.constraints, noting);
    if (when === undefined) continue;
    noting.carry('segment');
    if (typeof when === 'boolean') {
      decisions.set(id, when);
      continue;
    }
    const name = nameOf(segment, id, names);
    names.add(name);
    declared.push([name, { when }]);
    decisions.set(id, { inSegment: name });
  }
  return { declared: Object.fromEntries(declared), decisions, known };
}

/** When all of these hold; `undefined` where one cannot be carried. */
export function convertConstraints(constraints: readonly Placed[], noting: UnleashNoting): Decision | undefined {
  const decisions = constraints.map((constraint) => convertConstraint(constraint, noting));
  if (decisions.includes(undefined)) return undefined;
  for (const constraint of constraints) carryConstraint(constraint, noting);
  return allConditions(decisions as Decision[]);
}

/** When a context is in all segments that a strategy names; one that is nowhere holds nobody. */
export function inSegments(ids: readonly Placed[], segments: Segments, noting: UnleashNoting): Decision | undefined {
  const decisions = ids.map(({ value: id, path }): Decision | undefined => {
    const segment = segments.known.get(id);
    if (segment === undefined) {
      noting.note(
        'missing-segment',
        path,
        `names the segment ${quote(id)}, which is not there: the strategy never holds`,
      );
      return false;
    }
    if (segment.constraints === undefined) {
      const message = `names the segment ${quote(segment.name)}, whose constraints an export does not hold; its strategy is left out: import /api/client/features`;
      noting.note('segment-not-exported', path, message);
    }
    return segments.decisions.get(id);
  });
  return decisions.includes(undefined) ? undefined : allConditions(decisions as Decision[]);
}

function nameOf({ name }: Segment, id: unknown, taken: ReadonlySet<string>): string {
  const usable = typeof name === 'string' && !taken.has(name) && isName(name);
  return usable ? name : freeName(`segment ${quote(isRecord(id) ? '' : id)}`, (each) => taken.has(each));
}
