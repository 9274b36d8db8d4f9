import { InvalidArgumentError } from 'commander';

/** An evaluation context, as it is written on the command line. */
export function parseContext(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`It has to be JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidArgumentError('It has to be a JSON object, such as \'{"targetingKey":"user-1"}\'.');
  }
  return value as Record<string, unknown>;
}
