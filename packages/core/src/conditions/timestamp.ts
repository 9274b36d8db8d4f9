const RFC_3339 = /^(\d{4}-\d\d-\d\d)([Tt]([01]\d|2[0-3]):\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d))?$/;

/**
 * Milliseconds since the epoch of an RFC 3339 date (its midnight in UTC) or date-time (with its offset), else `NaN`.
 * `Date.parse` alone takes many other forms, some in local time, and turns February 30 into March 2 and 24:00 into the next day.
 */
export function parseTimestamp(text: string): number {
  const date = RFC_3339.exec(text)?.[1];
  if (date === undefined) return Number.NaN;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return Number.NaN;
  return Date.parse(text.toUpperCase());
}
