import type { BucketingName } from './rollout.ts';

/** Everything named must hold; several tests of one attribute must all hold. */
export interface Condition {
  readonly all?: readonly Condition[];
  readonly any?: readonly Condition[];
  readonly none?: readonly Condition[];
  readonly inSegment?: string | readonly string[];
  /** Tests of the time of the evaluation, in milliseconds since the epoch. */
  readonly now?: Tests;
  /** A share of the units. */
  readonly bucket?: Bucket;
  readonly [attribute: string]: Test | readonly Condition[] | Bucket | undefined;
}

/** Units whose place, in the algorithm's own scale, is in one of the ranges. A missing unit is where the algorithm puts it. */
export interface Bucket {
  /** @default 'sluice-1', whose scale is 0 to 1 */
  readonly bucketing?: BucketingName;
  /** The context attribute that is hashed; of several, the first that is there. @default 'targetingKey' */
  readonly unit?: string | readonly string[];
  readonly salt: string;
  /** Each from its first number up to, and without, its second. */
  readonly ranges: readonly (readonly [from: number, below: number])[];
}

export type Scalar = string | number | boolean;

/** A scalar equals; a list is "one of"; an object holds operators. */
export type Test = Scalar | readonly Scalar[] | Tests;

/** Operators, and conversions after which further tests are made. */
export interface Tests extends Operators {
  /** Of a list: whether one of its members passes. Of anything else: whether that passes. */
  readonly some?: Tests;
  /** The attribute printed as JavaScript prints it: 42 is "42". */
  readonly asText?: Tests;
  /** A string in lower case; nothing else passes. */
  readonly asLowerCase?: Tests;
  /** The attribute's text read as a number; one that is none passes nothing. */
  readonly asNumber?: Tests;
  /** A string that is a version, or begins as one: "2" is 2.0.0 and "2.1-rc" is 2.1.0-rc. */
  readonly asVersion?: Tests;
  /** How many members a list has. */
  readonly size?: Tests;
}

/** A missing attribute makes every operator false but `exists: false`. Nothing is coerced but by a conversion. */
export interface Operators {
  readonly is?: Scalar;
  readonly not?: Scalar;
  readonly in?: readonly Scalar[];
  readonly notIn?: readonly Scalar[];
  /** Two numbers, or two strings in the order of their UTF-16 units. */
  readonly gt?: number | string;
  readonly gte?: number | string;
  readonly lt?: number | string;
  readonly lte?: number | string;
  readonly startsWith?: string | readonly string[];
  readonly endsWith?: string | readonly string[];
  /** A part of a string, or a member of a list. */
  readonly contains?: Scalar;
  /** An RE2 pattern, found anywhere in the string. */
  readonly matches?: string;
  /** A semantic version range, such as `>=1.2.0 <2`. */
  readonly semver?: string;
  /** An RFC 3339 date or date-time; the attribute is one too, a `Date`, or milliseconds since the epoch. */
  readonly before?: string;
  readonly after?: string;
  readonly exists?: boolean;
  /** CIDR blocks or single IP addresses. */
  readonly inRange?: string | readonly string[];
  /** What is left after the division of a number: `[divisor, remainder]`. */
  readonly modulo?: readonly [divisor: number, remainder: number];
  readonly type?: 'string' | 'number' | 'boolean' | 'list' | 'object';
}
