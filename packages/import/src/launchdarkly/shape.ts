import type { Path } from '@sluice/core';
import { isRecord } from '../plain-json.ts';

/** Reads one value of a vendor's input. @throws {Misshapen} */
export type Shape<Read> = (value: unknown, path: Path) => Read;

/** A value that has not the type it needs: what the vendor's own SDK would do with it is an accident. */
export class Misshapen {
  readonly path: Path;
  readonly message: string;

  constructor(path: Path, needed: string) {
    this.path = path;
    this.message = `has to be ${needed}`;
  }
}

export type Fields = Readonly<Record<string, unknown>>;

export const text: Shape<string> = (value, path) => (typeof value === 'string' ? value : misshapen(path, 'a string'));

export const number: Shape<number> = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) ? value : misshapen(path, 'a number');

export const weight: Shape<number> = (value, path) =>
  typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER
    ? value
    : misshapen(path, 'a number that is not negative');

export const yesOrNo: Shape<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : misshapen(path, 'true or false');

export const fields: Shape<Fields> = (value, path) => (isRecord(value) ? value : misshapen(path, 'an object'));

export const anything: Shape<unknown> = (value) => value;

export function list<Read>(read: Shape<Read>): Shape<readonly Read[]> {
  return (value, path) =>
    Array.isArray(value)
      ? Array.from(value, (each: unknown, index) => read(each, [...path, index]))
      : misshapen(path, 'a list');
}

/** Keys of contexts; what is no string is nobody's key. */
export const keys: Shape<readonly string[]> = (value, path) =>
  Array.isArray(value)
    ? value.filter((each): each is string => typeof each === 'string' && each !== '')
    : misshapen(path, 'a list');

/** A member that may be missing, which null counts as. */
export function member<Read, Missing>(
  from: Fields,
  name: string,
  path: Path,
  read: Shape<Read>,
  missing: Missing,
): Read | Missing {
  const value = Object.hasOwn(from, name) ? from[name] : undefined;
  return value === undefined || value === null ? missing : read(value, [...path, name]);
}

export function required<Read>(from: Fields, name: string, path: Path, read: Shape<Read>): Read {
  return read(Object.hasOwn(from, name) ? from[name] : undefined, [...path, name]);
}

function misshapen(path: Path, needed: string): never {
  throw new Misshapen(path, needed);
}
