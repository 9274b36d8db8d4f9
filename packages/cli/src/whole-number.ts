import { InvalidArgumentError } from 'commander';

export function parseWholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('It has to be a whole number of at least 1.');
  return number;
}
