import type { Path } from '@sluice/core';
import type { Decision } from '../condition-algebra.ts';
import type { UnleashNoting } from './unleash-report.ts';

/** A constraint as its operator reads it. */
export interface Constraint {
  readonly attribute: string;
  /** As the SDK cleans them. */
  readonly values: readonly string[];
  readonly value: string | number | boolean | null | undefined;
  readonly caseInsensitive: boolean;
  readonly path: Path;
}

/** When a constraint holds that is not inverted; `undefined` where that cannot be said, after a note why. */
export type Operator = (constraint: Constraint, noting: UnleashNoting) => Decision | undefined;
