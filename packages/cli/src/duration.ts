import { InvalidArgumentError } from 'commander';

const DAYS = { m: 1 / 1440, h: 1 / 24, d: 1, w: 7 } as const;

/** `90m`, `12h`, `7d` or `2w`, in days. */
export function parseDays(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([mhdw])$/.exec(text) ?? [];
  const days = Number(number) * DAYS[unit as keyof typeof DAYS];
  if (!(days > 0)) throw new InvalidArgumentError('It has to be a duration such as 90m, 12h, 7d or 2w.');
  return days;
}
