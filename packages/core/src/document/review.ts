import { isObject } from '../json.ts';
import type { Path, Problem } from './problem.ts';

/** Reads one value of a document, noting in the review what is wrong with it. */
export type Reader = (value: unknown, path: Path, review: Review) => void;

export type Members = Readonly<Record<string, Reader>>;

/** Gathers problems, so that an author sees all of them at once and not one a run. */
export class Review {
  readonly problems: Problem[] = [];
  /** Every path that was refused, and those above it. */
  readonly #unsound = new Set<string>();

  /** Refuses a part so broken that nothing in it can be checked further. */
  refuse(path: Path, message: string, check: Problem['check'] = 'structure'): void {
    this.problems.push({ severity: 'error', check, path, message });
    for (let length = 0; length <= path.length; length++) this.#unsound.add(path.slice(0, length).join('\u0000'));
  }

  /** Those members in which nothing was refused: they have their declared types, so what they refer to can be checked. */
  sound<Shape extends object>(value: Shape | undefined, path: Path): Partial<Shape> {
    if (!isObject(value)) return {};
    if (this.#unsound.size === 0) return value as Partial<Shape>;
    const sound = Object.entries(value).filter(([key]) => !this.#unsound.has([...path, key].join('\u0000')));
    return Object.fromEntries(sound) as Partial<Shape>;
  }

  /** Refuses what no schema sees: what only the rest of the document, or the meaning of a text, can tell. */
  refuseReference(path: Path, message: string): void {
    this.problems.push({ severity: 'error', check: 'reference', path, message });
  }

  warn(path: Path, message: string): void {
    this.problems.push({ severity: 'warning', check: 'reference', path, message });
  }

  get refused(): boolean {
    return this.problems.some((problem) => problem.severity === 'error');
  }
}

/** Longest name of a flag, variant, switch, segment, metric or attribute, in code points as JSON Schema counts them. */
const MAX_NAME_LENGTH = 256;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f]/;
/** As an attribute's path, `user.__proto__` would be there in every context. */
const PROTOTYPE = /(^|\.)__proto__(\.|$)/;

export function isName(text: string): boolean {
  const short = text.length <= MAX_NAME_LENGTH || [...text.slice(0, 2 * MAX_NAME_LENGTH + 1)].length <= MAX_NAME_LENGTH;
  return text !== '' && short && !CONTROL.test(text) && !PROTOTYPE.test(text);
}

/** An object with these members and no others; `required` ones must be there. */
export function object(members: Members, required: readonly string[] = []): Reader {
  const allowed = Object.keys(members).join(', ');
  return (value, path, review) => {
    if (!isObject(value)) return review.refuse(path, `has to be an object, not ${describe(value)}`);
    for (const key of Object.keys(value)) {
      const reader = Object.hasOwn(members, key) ? members[key] : undefined;
      if (reader !== undefined) reader(value[key], [...path, key], review);
      else review.refuse([...path, key], `is not known here; known are ${allowed}`);
    }
    for (const key of required) {
      if (!Object.hasOwn(value, key)) review.refuse(path, `needs ${JSON.stringify(key)}`);
    }
  };
}

/** An object whose keys the author chose. */
export function record(read: Reader): Reader {
  return (value, path, review) => {
    if (!isObject(value)) return review.refuse(path, `has to be an object, not ${describe(value)}`);
    for (const key of Object.keys(value)) {
      if (!isName(key)) review.refuse([...path, key], refusedName(key));
      read(value[key], [...path, key], review);
    }
  };
}

export function refusedName(name: string): string {
  return PROTOTYPE.test(name)
    ? '__proto__ cannot be used as a name or as a part of one'
    : `a name has 1 to ${MAX_NAME_LENGTH} characters and no control characters`;
}

export function list(read: Reader, least = 0): Reader {
  return (value, path, review) => {
    if (!Array.isArray(value)) return review.refuse(path, `has to be a list, not ${describe(value)}`);
    if (value.length < least) review.refuse(path, `needs at least ${least === 1 ? 'one entry' : `${least} entries`}`);
    for (const [index, entry] of value.entries()) read(entry, [...path, index], review);
  };
}

export const text: Reader = (value, path, review) => {
  if (typeof value !== 'string') review.refuse(path, `has to be a string, not ${describe(value)}`);
};

export const name: Reader = (value, path, review) => {
  if (typeof value !== 'string') review.refuse(path, `has to be a string, not ${describe(value)}`);
  else if (!isName(value)) review.refuse(path, refusedName(value));
};

export const flagOrSwitch: Reader = (value, path, review) => {
  if (typeof value !== 'boolean') review.refuse(path, `has to be true or false, not ${describe(value)}`);
};

export function number(least: number, most: number, whole = false): Reader {
  const kind = whole ? 'a whole number' : 'a number';
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return (value, path, review) => {
    const fits = typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));
    if (!fits) review.refuse(path, `has to be ${kind} ${range}, not ${describe(value)}`);
  };
}

/** One thing or a list of it. */
export function oneOrMany(read: Reader): Reader {
  const many = list(read);
  return (value, path, review) => (Array.isArray(value) ? many : read)(value, path, review);
}

export function choice(...values: readonly (string | number)[]): Reader {
  const known = values.map((each) => JSON.stringify(each)).join(', ');
  return (value, path, review) => {
    if (!values.includes(value as string)) review.refuse(path, `has to be ${known}, not ${describe(value)}`);
  };
}

export const audience: Reader = choice('client', 'server');

/** A value as an author would recognise it, cut to a length that a message can carry. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  const printed = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return printed.length > 60 ? `${printed.slice(0, 57)}…` : printed;
}

/** `"x" is not a variant; the variants are a, b`. */
export function notAmong(value: string, what: string, known: Iterable<string>): string {
  const names = [...known];
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '');
  return `${describe(value)} is not a declared ${what}; ${names.length === 0 ? 'there are none' : `declared are ${shown}`}`;
}
