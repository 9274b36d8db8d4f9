import type { Document, JsonValue } from '@sluice/core';
import { type ExportSegment, exportCondition } from './export-condition.ts';
import type { ConditionNotes, ExportNoting } from './export-report.ts';

export interface ExportedSegments {
  readonly segment: ExportSegment;
  /** Those that were asked for, each before those that it refers to, as flagd wants them. */
  evaluators(): Readonly<Record<string, JsonValue>>;
}

interface Exported {
  readonly logic: JsonValue;
  readonly notes: ConditionNotes;
}

export function conditionNotes(): ConditionNotes {
  return { unsaid: [], types: new Map(), dotted: new Set(), versions: new Set(), times: [] };
}

/** Segments as `$evaluators`, made when they are first asked for. */
export function exportSegments({ segments = {} }: Document, noting: ExportNoting): ExportedSegments {
  const done = new Map<string, Exported>();
  const exported = (name: string, segment: ExportSegment): Exported => {
    const known = done.get(name);
    if (known !== undefined) return known;
    const notes = conditionNotes();
    const when = Object.hasOwn(segments, name) ? segments[name]?.when : undefined;
    const logic = when === undefined ? false : exportCondition(when, ['segments', name, 'when'], segment, notes);
    const made = { logic, notes };
    // A segment is done after those that it refers to.
    done.set(name, made);
    return made;
  };
  const segment: ExportSegment = (name, _, notes) => {
    const { logic, notes: own } = exported(name, segment);
    add(own, notes);
    return isReferable(name, logic) ? { $ref: name } : logic;
  };
  return {
    segment,
    evaluators() {
      const named = [...done].filter(
        ([name, { logic, notes }]) => notes.unsaid.length === 0 && isReferable(name, logic),
      );
      for (const _ of named) noting.carry('segment');
      return Object.fromEntries(named.toReversed().map(([name, { logic }]) => [name, logic]));
    },
  };
}

/** flagd replaces references in the text of the definitions, in which some characters do not stand for themselves. */
function isReferable(name: string, logic: JsonValue): boolean {
  return /^[\w .@/:-]+$/.test(name) && typeof logic === 'object' && !/\$[$&`']/.test(JSON.stringify(logic));
}

function add(own: ConditionNotes, to: ConditionNotes): void {
  to.unsaid.push(...own.unsaid);
  to.times.push(...own.times);
  for (const name of own.dotted) to.dotted.add(name);
  for (const name of own.versions) to.versions.add(name);
  for (const [name, types] of own.types) to.types.set(name, new Set([...(to.types.get(name) ?? []), ...types]));
}
