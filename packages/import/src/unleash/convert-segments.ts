import type { Segment as DocumentSegment } from '@sluice/core';
import type { Decision } from '../condition-algebra.ts';
import { isName } from './accepted.ts';
import { allConditions } from './all-conditions.ts';
import { carryConstraint, convertConstraint } from './convert-constraint.ts';
import { isObject, type Placed, quote, type Segment } from './unleash-definitions.ts';
import type { Report } from './unleash-report.ts';

/** Unleash's segments as the document's. */
export interface Segments {
  readonly declared: Readonly<Record<string, DocumentSegment>>;
  /** When a segment holds, by id; no entry where it could not be carried. */
  readonly decisions: ReadonlyMap<unknown, Decision>;
  readonly known: ReadonlyMap<unknown, Segment>;
}

export function convertSegments(known: ReadonlyMap<unknown, Segment>, report: Report): Segments {
  const declared: [string, DocumentSegment][] = [];
  const decisions = new Map<unknown, Decision>();
  const names = new Set<string>();
  for (const [id, segment] of known) {
    const when = segment.constraints && convertConstraints(segment.constraints, report);
    if (when === undefined) continue;
    report.carry('segment');
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
export function convertConstraints(constraints: readonly Placed[], report: Report): Decision | undefined {
  const decisions = constraints.map((constraint) => convertConstraint(constraint, report));
  if (decisions.includes(undefined)) return undefined;
  for (const constraint of constraints) carryConstraint(constraint, report);
  return allConditions(decisions as Decision[]);
}

/** When a context is in all segments that a strategy names; one that is nowhere holds nobody. */
export function inSegments(ids: readonly Placed[], segments: Segments, report: Report): Decision | undefined {
  const decisions = ids.map(({ value: id, path }): Decision | undefined => {
    const segment = segments.known.get(id);
    if (segment === undefined) {
      report.note(
        'missing-segment',
        path,
        `names the segment ${quote(id)}, which is not there: the strategy never holds`,
      );
      return false;
    }
    if (segment.constraints === undefined) {
      const message = `names the segment ${quote(segment.name)}, whose constraints an export does not hold; its strategy is left out: import /api/client/features`;
      report.note('segment-not-exported', path, message);
    }
    return segments.decisions.get(id);
  });
  return decisions.includes(undefined) ? undefined : allConditions(decisions as Decision[]);
}

function nameOf({ name }: Segment, id: unknown, taken: ReadonlySet<string>): string {
  const usable = typeof name === 'string' && !taken.has(name) && isName(name);
  return usable ? name : freeName(`segment ${quote(isObject(id) ? '' : id)}`, taken);
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted} (${count})`;
    if (!taken.has(name)) return name;
  }
}
