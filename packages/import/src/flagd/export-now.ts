import type { JsonValue, Path, Tests } from '@sluice/core';
import type { ConditionNotes } from './export-report.ts';
import { both } from './logic.ts';

/** Tests of the time as tests of flagd's, which has whole seconds. */
export function exportNow(tests: Tests, path: Path, notes: ConditionNotes): JsonValue {
  const parts = Object.entries(tests).map(([name, operand]): JsonValue => {
    const limit = limitOf(name, operand);
    if (limit === undefined) {
      notes.unsaid.push({ path: [...path, name], what: `${name} of the time` });
      return false;
    }
    if (!Number.isInteger(limit.from / 1000)) notes.times.push([...path, name]);
    return { [limit.reached ? '>=' : '<']: [{ var: '$flagd.timestamp' }, Math.ceil(limit.from / 1000)] };
  });
  return both(parts);
}

/** The first millisecond at which the test holds, or no longer does. */
function limitOf(name: string, operand: unknown): { readonly from: number; readonly reached: boolean } | undefined {
  const at = typeof operand === 'string' ? Date.parse(operand) : operand;
  if (typeof at !== 'number' || Number.isNaN(at)) return undefined;
  switch (name) {
    case 'gte':
    case 'lt':
      return typeof operand === 'string' ? undefined : { from: Math.ceil(at), reached: name === 'gte' };
    case 'gt':
    case 'lte':
      return typeof operand === 'string' ? undefined : { from: Math.floor(at) + 1, reached: name === 'gt' };
    case 'before':
      return { from: at, reached: false };
    case 'after':
      return { from: at + 1, reached: true };
    default:
      return undefined;
  }
}
