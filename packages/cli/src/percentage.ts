import { InvalidArgumentError } from 'commander';

export function parsePercentage(text: string): number {
  const percentage = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(percentage <= 100)) throw new InvalidArgumentError('It has to be a number from 0 to 100, such as 5 or 0.5.');
  return percentage;
}
