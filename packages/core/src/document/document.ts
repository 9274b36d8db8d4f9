import type { Condition } from './condition.ts';
import type { Flag } from './flag.ts';
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
  readonly layers?: Readonly<Record<string, Layer>>;
  readonly holdouts?: Readonly<Record<string, Holdout>>;
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
  /** @default 'server' */
  readonly audience?: Audience;
}

/** Who may ask a server: browsers too, or servers alone, because a payload may hold what users should not read. */
export type Audience = 'client' | 'server';

/** A condition with a name, to be used by `inSegment`. */
export interface Segment {
  readonly description?: string;
  readonly when: Condition;
}

/** Room that flags share, so that no unit is in two of them: each takes slots of it. */
export interface Layer {
  readonly description?: string;
  /** Into how many slots the units are spread. */
  readonly slots: number;
  /** The context attribute that is spread. @default 'targetingKey' */
  readonly unit?: string;
  /** What the hash is seeded with. @default the layer's name */
  readonly salt?: string;
}

/** Units that are kept out of every flag that names this holdout, so that all of them together can be measured. */
export interface Holdout {
  readonly description?: string;
  /** Share of the units that are held out, 0 to 100. */
  readonly percentage: number;
  /** The context attribute that is held out by. @default 'targetingKey' */
  readonly unit?: string;
  /** What the hash is seeded with. @default the holdout's name */
  readonly salt?: string;
}
