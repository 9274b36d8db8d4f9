import type { Path } from '../document/problem.ts';
import { describe, type Members, type Reader, type Review } from '../document/review.ts';
import { isObject } from '../json.ts';

// Readers of what a flag's kind says about its payloads. JSON Schema does not see it, so all is refused as a reference.

/** An object; the members that are known are read, all others left alone. */
export function objectWith(known: Members): Reader {
  return (value, path, review) => {
    if (!isObject(value)) return review.refuseReference(path, `has to be an object, not ${describe(value)}`);
    readMembers(value, known, path, review);
  };
}

export function readMembers(
  value: Readonly<Record<string, unknown>>,
  known: Members,
  path: Path,
  review: Review,
): void {
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(known, key)) known[key]?.(value[key], [...path, key], review);
  }
}

/** The same reader under every spelling of a member that people use. */
export function spelled(read: Reader, ...names: readonly string[]): Members {
  return Object.fromEntries(names.map((name) => [name, read]));
}

export function listOf(read: Reader, mend: string): Reader {
  return (value, path, review) => {
    if (!Array.isArray(value)) return review.refuseReference(path, `has to be a list, not ${describe(value)}; ${mend}`);
    for (const [index, entry] of value.entries()) read(entry, [...path, index], review);
  };
}

export function oneOrMany(read: Reader): Reader {
  const many = listOf(read, '');
  return (value, path, review) => (Array.isArray(value) ? many : read)(value, path, review);
}

export function numberBetween(least: number, most: number): Reader {
  return numeric(`a number from ${least} to ${most}`, (value) => value >= least && value <= most);
}

export function wholeNumber(least: number): Reader {
  const range = least === Number.MIN_SAFE_INTEGER ? '' : ` of at least ${least}`;
  return numeric(`a whole number${range}`, (value) => Number.isInteger(value) && value >= least);
}

function numeric(what: string, fits: (value: number) => boolean): Reader {
  return (value, path, review) => {
    if (typeof value === 'number' && fits(value)) return;
    const quoted = typeof value === 'string' && value.trim() !== '' && fits(Number(value));
    const mend = quoted ? `; write ${Number(value)} without quotes` : value === null ? '; or leave it out' : '';
    review.refuseReference(path, `has to be ${what}, not ${describe(value)}${mend}`);
  };
}

/** A string that is not empty. */
export function words(example: string): Reader {
  return (value, path, review) => {
    if (typeof value === 'string' && value.trim() !== '') return;
    review.refuseReference(path, `has to be ${example}, not ${describe(value)}; or leave it out`);
  };
}

/** A string that may be empty. */
export const string: Reader = (value, path, review) => {
  if (typeof value !== 'string') review.refuseReference(path, `has to be a string, not ${describe(value)}`);
};

export const boolean: Reader = (value, path, review) => {
  if (typeof value !== 'boolean') review.refuseReference(path, `has to be true or false, not ${describe(value)}`);
};
