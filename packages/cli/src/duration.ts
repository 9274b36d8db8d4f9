import { InvalidArgumentError } from 'commander';

const UNITS_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `500ms`, `30s`, `90m`, `12h`, `7d` or `2w`, in ms. */
export function parseDuration(text: string): number {
  // Six digits, so that no duration leads past the last date there is.
  const [, number, unit] = /^(\d{1,6}(?:\.\d{1,3})?)(ms|[smhdw])$/.exec(text) ?? [];
  const duration = Number(number) * UNITS_MS[unit as keyof typeof UNITS_MS];
  if (!(duration > 0)) throw new InvalidArgumentError('It has to be a duration such as 30s, 90m, 12h, 7d or 2w.');
  return Math.ceil(duration);
}

export function parseDays(text: string): number {
  return parseDuration(text) / UNITS_MS.d;
}

/** A duration, or `0` for none. */
export function parseWait(text: string): number {
  return text === '0' ? 0 : parseDuration(text);
}

/** `850 ms`, `12 s`, `4 min`, `3 h` or `2 days`: as exact as a person asks for. */
export function formatDuration(duration: number): string {
  if (duration < 1_000) return `${Math.round(duration)} ms`;
  if (duration < 10_000) return `${(duration / 1_000).toFixed(1)} s`;
  if (duration < 120_000) return `${Math.round(duration / 1_000)} s`;
  if (duration < 2 * UNITS_MS.h) return `${Math.round(duration / UNITS_MS.m)} min`;
  if (duration < 2 * UNITS_MS.d) return `${Math.round(duration / UNITS_MS.h)} h`;
  return `${Math.round(duration / UNITS_MS.d)} days`;
}
