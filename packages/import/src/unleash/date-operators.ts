import { anyOf, type Decision } from '../condition-algebra.ts';
import { allConditions } from './all-conditions.ts';
import type { Constraint, Operator } from './constraint.ts';
import { never } from './text-operators.ts';
import { quote } from './unleash-definitions.ts';
import type { UnleashNoting } from './unleash-report.ts';

/** The SDK reads these in the same way everywhere. */
const ISO_WITH_OFFSET = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;
/** These it reads in the time zone of its own host. */
const ISO_LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/** The context's `currentTime` counts where it is truthy, else the present. */
const absent: Decision = anyOf([{ currentTime: { exists: false } }, { currentTime: ['', 0, false] }]);

const date =
  (compare: (limit: number, text: string) => readonly [given: Decision, now: Decision]): Operator =>
  (constraint, noting) => {
    const limit = limitOf(constraint, noting);
    if (limit === undefined) return undefined;
    if (Number.isNaN(limit)) return never(constraint, 'has no date', noting);
    const message =
      'compares currentTime, or the present without one: a currentTime that is neither a Date, whole milliseconds nor RFC 3339 may differ';
    noting.note('current-time', constraint.path, message);
    const [given, now] = compare(limit, new Date(limit).toISOString());
    return anyOf([given, allConditions([now, absent])]);
  };

/** Milliseconds since the epoch; `NaN` where the SDK finds no date, and `undefined` where nobody can say which it finds. */
function limitOf({ value, path }: Constraint, noting: UnleashNoting): number | undefined {
  if (value === undefined) return Number.NaN;
  const unread = typeof value === 'string' ? Date.parse(value) : new Date(Number(value)).getTime();
  if (typeof value === 'string' && !Number.isNaN(unread)) {
    if (ISO_LOCAL.test(value)) {
      const message = `${quote(value)} has no time zone: the SDK takes its host's, and here it is UTC; write it with an offset`;
      noting.note('local-date', path, message);
      return Date.parse(`${value}Z`);
    }
    if (!ISO_WITH_OFFSET.test(value)) return unreadable(value, path, noting);
  }
  const beyond = Number.isNaN(unread) ? false : !/^\d/.test(new Date(unread).toISOString());
  return beyond ? unreadable(value, path, noting) : unread;
}

function unreadable(value: Constraint['value'], path: Constraint['path'], noting: UnleashNoting): undefined {
  const message = `${quote(value)} is no RFC 3339 date of the years 0 to 9999; its strategy is left out`;
  noting.note('constraint-value', path, message);
}

export const dateOperators: Readonly<Record<string, Operator>> = {
  DATE_AFTER: date((limit, after) => [{ currentTime: { after } }, { now: { gt: limit } }]),
  // A currentTime of 0 is the present, though it is before nearly everything.
  DATE_BEFORE: date((limit, before) => [{ currentTime: { before, not: 0 } }, { now: { lt: limit } }]),
};
