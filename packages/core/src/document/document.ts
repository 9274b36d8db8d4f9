import type { JsonValue } from '../json.ts';
import type { MetricDefinition } from './metric.ts';

/**
 * The file an author writes, after `parseDocument` found nothing to refuse in it.
 *
 * It keeps the author's own shape: printing a document and parsing the print gives the same evaluations.
 */
export interface Document {
  /** Where an editor finds the JSON Schema; Sluice ignores it. */
  readonly $schema?: string;
  /** Version of the format. */
  readonly sluice: 1;
  readonly flagSetId?: string;
  /** The author's own version; without it a hash of the content stands in. */
  readonly version?: string;
  readonly switches?: Readonly<Record<string, Switch>>;
  readonly segments?: Readonly<Record<string, Segment>>;
  readonly flags?: Readonly<Record<string, Flag>>;
  readonly metrics?: Readonly<Record<string, MetricDefinition>>;
}

/** A kill switch as the document declares it. */
export interface Switch {
  readonly description?: string;
  /** @default true */
  readonly enabled?: boolean;
  /** @default 300 */
  readonly retryAfterSeconds?: number;
}

/** A condition with a name, to be used by `inSegment`. */
export interface Segment {
  readonly description?: string;
  readonly when: Condition;
}

export type Kind = 'model' | 'prompt' | 'tool' | 'parameters' | 'agent' | 'release';

export type Risk = 'low' | 'medium' | 'high';

export interface Flag {
  readonly description?: string;
  /** @default 'release' */
  readonly kind?: Kind;
  /** @default by kind: model and agent high; prompt and tool medium; parameters and release low */
  readonly risk?: Risk;
  /** @default true */
  readonly enabled?: boolean;
  /** Switches that must be on; with one off, control is served. */
  readonly requires?: readonly string[];
  /** The context attribute that is bucketed. @default 'targetingKey' */
  readonly unit?: string;
  /** What the hash is seeded with. @default the flag's key */
  readonly salt?: string;
  /** @default 'sluice-1' */
  readonly bucketing?: 'sluice-1';
  /** All of one type. @default { on: true, off: false } */
  readonly variants?: Readonly<Record<string, JsonValue>>;
  /** The variant that is safe. @default 'off' where `variants` is left out; otherwise required */
  readonly control?: string;
  /** Tried in order; the first that matches is final. */
  readonly rules?: readonly Rule[];
  readonly rollout?: Rollout;
  readonly ramp?: Ramp;
}

export interface Rule {
  readonly name?: string;
  readonly when: Condition;
  /** A variant for everyone who matches; or else `rollout`. */
  readonly serve?: string;
  readonly rollout?: Rollout;
}

export interface Rollout {
  /** Share of the units that enter, 0 to 100, to 2^-32. */
  readonly percentage: number;
  /** The variant they get; or else `split`. */
  readonly serve?: string;
  /** Variant to relative weight. */
  readonly split?: Readonly<Record<string, number>>;
  /** Incremented by every writer; without it, a hash of what a stage may not change. */
  readonly stage?: number;
}

/** How a rollout opens by itself: by the flag's kind, or written out. */
export type Ramp = 'auto' | { readonly steps: readonly RampStep[] };

export interface RampStep {
  readonly percentage: number;
  readonly holdHours: number;
}

/** Everything named must hold; several operators on one attribute must all hold. */
export interface Condition {
  readonly all?: readonly Condition[];
  readonly any?: readonly Condition[];
  readonly none?: readonly Condition[];
  readonly inSegment?: string | readonly string[];
  readonly [attribute: string]: Test | readonly Condition[] | undefined;
}

export type Scalar = string | number | boolean;

/** A scalar equals; a list is "one of"; an object holds operators. */
export type Test = Scalar | readonly Scalar[] | Operators;

/** A missing attribute makes every operator false but `exists: false`. Nothing is coerced. */
export interface Operators {
  readonly is?: Scalar;
  readonly not?: Scalar;
  readonly in?: readonly Scalar[];
  readonly notIn?: readonly Scalar[];
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
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
}
