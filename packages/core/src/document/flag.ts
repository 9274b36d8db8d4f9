import type { JsonObject, JsonValue } from '../json.ts';
import type { Condition } from './condition.ts';
import type { Audience } from './document.ts';
import type { BucketingName, Ramp, Rollout } from './rollout.ts';

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
  /** The variant that is served where `enabled` is false. @default none: the caller's own default */
  readonly whenDisabled?: string;
  /** Serves control, like a flag that was killed in the switch store; what the store says of the flag beats it. @default false */
  readonly killed?: boolean;
  /** @default 'server' */
  readonly audience?: Audience;
  /** Switches that must be on; with one off, control is served. */
  readonly requires?: readonly string[];
  /** Other flags, each with the variants of which one must be served to the same context; where not, control is. */
  readonly prerequisites?: Prerequisites;
  /** Variant to the units that get it whatever the rules say. */
  readonly targets?: Readonly<Record<string, readonly (string | number)[]>>;
  /** Units outside these slots get control. */
  readonly layer?: LayerSlots;
  /** The holdout whose units get control. */
  readonly holdout?: string;
  /** A unit keeps the variant that a rollout gave it, until the flag is killed or the assignment expires. @default false */
  readonly sticky?: boolean | Sticky;
  /** The context attribute that is bucketed. @default 'targetingKey' */
  readonly unit?: string;
  /** What the hash is seeded with. @default the flag's key */
  readonly salt?: string;
  /** @default 'sluice-1' */
  readonly bucketing?: BucketingName;
  /** All of one type. @default { on: true, off: false } */
  readonly variants?: Readonly<Record<string, JsonValue>>;
  /** JSON Schema of every variant's value. @default by kind */
  readonly schema?: JsonObject | boolean;
  /**
   * The variant that is safe; `null` where that is the caller's own default, with which no variant can be compared.
   * @default 'off' where `variants` is left out; otherwise required
   */
  readonly control?: string | null;
  /** Tried in order; the first that matches is final, unless it says otherwise. */
  readonly rules?: readonly Rule[];
  readonly rollout?: Rollout;
  readonly ramp?: Ramp;
}

/** Key of a flag to those of its variants that are asked for. */
export type Prerequisites = Readonly<Record<string, readonly string[]>>;

export interface Rule {
  readonly name?: string;
  readonly when: Condition;
  /** As the flag's, but where they do not hold the rule does not match. */
  readonly prerequisites?: Prerequisites;
  /** A variant for everyone who matches; or else `rollout`. */
  readonly serve?: string;
  readonly rollout?: Rollout;
  /** What becomes of units that match and don't enter the rollout. @default control */
  readonly otherwise?: 'next';
}

/** Slots of a layer from the first up to, and without, the second. */
export interface LayerSlots {
  readonly name: string;
  readonly slots: readonly [from: number, below: number];
}

export interface Sticky {
  /** How long an assignment is kept; without it, as long as the store keeps it. */
  readonly ttlSeconds?: number;
}
