import type { Condition, JsonValue, Path, Test, Tests } from '@sluice/core';
import { exportNow } from './export-now.ts';
import type { ConditionNotes } from './export-report.ts';
import { exportTests, type Subject } from './export-tests.ts';
import { splitPath } from './json-logic.ts';
import { both, either } from './logic.ts';

/** A segment as an expression; what cannot be said of it is noted where it is used. */
export type ExportSegment = (name: string, path: Path, notes: ConditionNotes) => JsonValue;

/** A condition as JSONLogic. Of what is in `notes.unsaid` afterwards it says nothing, and then it is worth nothing. */
export function exportCondition(
  condition: Condition,
  path: Path,
  segment: ExportSegment,
  notes: ConditionNotes,
): JsonValue {
  const { all, any, none, inSegment, now, bucket, ...attributes } = condition;
  const nested = (conditions: readonly Condition[], word: string): readonly JsonValue[] =>
    conditions.map((each, index) => exportCondition(each, [...path, word, index], segment, notes));
  const parts = Object.entries(attributes).map(([name, test]) =>
    exportAttribute(name, test as Test, [...path, name], notes),
  );
  if (now !== undefined) parts.push(exportNow(now, [...path, 'now'], notes));
  if (inSegment !== undefined) {
    const names = typeof inSegment === 'string' ? [inSegment] : inSegment;
    parts.push(either(names.map((name) => segment(name, [...path, 'inSegment'], notes))));
  }
  if (all !== undefined) parts.push(...nested(all, 'all'));
  if (any !== undefined) parts.push(either(nested(any, 'any')));
  if (none !== undefined) parts.push({ '!': [either(nested(none, 'none'))] });
  if (bucket !== undefined)
    notes.unsaid.push({ path: [...path, 'bucket'], what: 'a share of the units as a condition' });
  return both(parts);
}

function exportAttribute(name: string, test: Test, path: Path, notes: ConditionNotes): JsonValue {
  const logic = variable(name);
  if (logic === undefined) {
    notes.unsaid.push({ path, what: `the attribute ${name}` });
    return false;
  }
  if (name.includes('.')) notes.dotted.add(name);
  const subject: Subject = { logic, attribute: name, as: 'itself' };
  if (typeof test !== 'object') return exportTests({ is: test }, subject, path, notes);
  return exportTests(Array.isArray(test) ? { in: test } : (test as Tests), subject, path, notes);
}

/** How flagd reads an attribute; `undefined` for one that it cannot. */
export function variable(name: string): JsonValue | undefined {
  const escaped = name.replaceAll('\\', '\\\\');
  const steps = splitPath(escaped);
  const same = steps.join('.') === name && steps.every((step) => step !== '');
  return same && steps[0] !== '$flagd' && !name.startsWith('../') ? { var: escaped } : undefined;
}
